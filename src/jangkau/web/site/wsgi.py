"""The web application as servers call it."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from jangkau.web.site.answering import settle
from jangkau.web.site.ending import end_with_parent

application = get_wsgi_application()
get_resolver().check()  # imports every view now: the first visitor does not wait for it
settle()
end_with_parent(os.getppid(), lambda: os._exit(1))  # the port must be free when the server is started again
