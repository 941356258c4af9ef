"""What the person has agreed to: which body may be told which parts of her record, for what, and until when."""
