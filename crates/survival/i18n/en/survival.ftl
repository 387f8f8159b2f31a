placeholder = placeholder
