"""What is right: plain Python that asks no clock, reads no file and knows neither web nor database."""
