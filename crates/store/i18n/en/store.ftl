store-database = Database error: { $why }
store-migration = The database could not be brought up to date: { $why }
store-stored = Stored { $what } cannot be read: { $why }
store-address = "{ $address }" is not an address of a database (a directory, or sqlite: or postgres: …)
