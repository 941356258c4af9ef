"""Where postcodes lie, from a table that is loaded beforehand: nothing is ever asked of anybody over the network."""
