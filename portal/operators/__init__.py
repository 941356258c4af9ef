"""Whoever runs the portal: making, suspending and setting up landlords, and being let in for some hours."""
