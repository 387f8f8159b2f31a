product = Takeroot
error-inside = Something went wrong inside; it was recorded. Please try again later.
home-title = Home
sign-in-title = Sign in
sign-in-wrong = Name and password do not go together.
sign-in-name = Account
sign-in-password = Password
sign-in-do = Sign in
