hello = 扎根
