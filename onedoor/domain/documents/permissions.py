"""What one may be permitted to do with documents."""

from onedoor.domain.access.api import permission

READ = permission("documents.read", "See documents of a centre")
PREPARE = permission("documents.prepare", "Lay out a document for the applicant to check")
CHECK = permission("documents.check", "Go through the facts with the applicant and correct them")
ISSUE = permission("documents.issue", "Issue a document under a number")
PRINT = permission("documents.print", "Print a document and confirm the print")
REVOKE = permission("documents.revoke", "Revoke a document")
TEMPLATE = permission("documents.template", "Bring in the template of a document")
