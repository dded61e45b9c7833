"""What can be read of the catalogue. Services are open data: every one may read them. Drafts are their ministry's."""
