"""The addresses of the whole site."""

from django.urls import include, path

from jangkau.web.site import views

urlpatterns = [
    path("", include("jangkau.web.dashboards.urls")),
    path("", include("jangkau.registry.lists.urls")),
    path("akun/", include("allauth.account.urls")),
    path("akun/contoh/", views.demo_login, name="demo_login"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("hidup/", views.alive, name="alive"),
]
handler403 = "jangkau.web.site.views.forbidden"
handler404 = "jangkau.web.site.views.not_found"
handler500 = "jangkau.web.site.views.broken"
