hello = Takeroot
