"""Planning: trying out reforms on what happened."""
