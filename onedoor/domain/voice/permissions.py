"""What one may be permitted to do with what people say."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

ASK = permission("voice.ask", _("Show the rating page at a counter"))
READ = permission("voice.read", _("See how a centre is rated, never by whom"))
ANSWER = permission("voice.answer", _("Read and answer complaints about a centre"))
