"""What somebody needs, or what stands between them and help, and the tasks that the policy opens for it."""
