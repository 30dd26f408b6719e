"""The addresses of the whole site."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from jangkau.web.site import office_sign_in, views

OFFICE = "akun/kantor/oidc/<slug:provider_id>/"
urlpatterns = [
    path("", include("jangkau.web.dashboards.urls")),
    path("", include("jangkau.web.reports.urls")),
    path("", include("jangkau.registry.lists.urls")),
    path("", include("jangkau.registry.cases.urls")),
    path("", include("jangkau.programmes.compliance.urls")),
    path("proyek-desa/", include("jangkau.programmes.construction.urls")),
    path("", include("jangkau.programmes.agents.urls")),
    path("sosialisasi/", include("jangkau.programmes.outreach.urls")),
    path("", include("jangkau.programmes.claims.urls")),
    path("bantuan/", include("jangkau.programmes.subsidy.urls")),
    path("", include("jangkau.web.api.urls")),
    path("akun/", include("allauth.account.urls")),
    path("akun/dua-langkah/", include("allauth.mfa.urls")),
    path("akun/sesi/", include("allauth.usersessions.urls")),
    path(f"{OFFICE}login/", office_sign_in.go, name="openid_connect_login"),
    path(f"{OFFICE}login/callback/", office_sign_in.come_back, name="openid_connect_callback"),
    path("akun/contoh/", views.demo_login, name="demo_login"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("hidup/", views.alive, name="alive"),
    path("siap/", views.ready, name="ready"),
    path("metrik/", views.metrics, name="metrics"),
]
handler429 = "jangkau.web.site.views.too_often"
handler403 = "jangkau.web.site.views.forbidden"
handler404 = "jangkau.web.site.views.not_found"
handler500 = "jangkau.web.site.views.broken"
