"""Starting, watching and stopping the portal's processes, and the servers it brings along for trying it out."""
