"""What a version of the policy does to whom: assessed before it is decided, and looked at again a year later."""
