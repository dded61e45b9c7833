"""What one may be permitted to do with documents."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

READ = permission("documents.read", _("See documents of a centre"))
PREPARE = permission("documents.prepare", _("Lay out a document for the applicant to check"))
CHECK = permission("documents.check", _("Go through the facts with the applicant and correct them"))
ISSUE = permission("documents.issue", _("Issue a document under a number"))
PRINT = permission("documents.print", _("Print a document and confirm the print"))
REVOKE = permission("documents.revoke", _("Revoke a document"))
TEMPLATE = permission("documents.template", _("Bring in the template of a document"))
