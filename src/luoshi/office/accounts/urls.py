"""Addresses of the pages about people, and those of the sign-in library that we use."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from luoshi.office.accounts import views

# Names as the library knows them; its other pages (sign-up, mail, reset by mail) do not exist.
library = [
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/closed", account.account_inactive, name="account_inactive"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/again", account.reauthenticate, name="account_reauthenticate"),
    path("account/second", mfa.authenticate, name="mfa_authenticate"),
    path("account/second/again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second/on", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account", views.own_account, name="mfa_index"),
]
own = [
    path("me", views.own_account, name="me"),
    path("people", views.people_list, name="people"),
    path("people/new", views.new_person, name="new_person"),
    path("people/<int:person>", views.person_page, name="person"),
    path("people/<int:person>/edit", views.edit_person, name="edit_person"),
    path("people/<int:person>/post", views.start_post, name="start_post"),
    path("people/<int:person>/deputy", views.start_deputising, name="start_deputising"),
    path("people/<int:person>/role", views.grant_role, name="grant_role"),
    path("people/<int:person>/account", views.new_account, name="new_account"),
    path("people/<int:person>/handover", views.hand_over, name="hand_over"),
    path("people/<int:person>/leave", views.leave, name="leave"),
    path("people/<int:person>/forget", views.forget, name="forget"),
    path("posts/<int:post>/end", views.end_post, name="end_post"),
    path("deputising/<int:deputising>/end", views.end_deputising, name="end_deputising"),
    path("roles/<int:grant>/end", views.end_role, name="end_role"),
    path("accounts/<int:account>/reset", views.reset_password, name="reset_password"),
    path("accounts/<int:account>/switch", views.switch_account, name="switch_account"),
    path("units/new", views.new_unit, name="new_unit"),
    path("units/<int:unit>/edit", views.edit_unit, name="edit_unit"),
]
urlpatterns = [*library, path("", include((own, "accounts")))]
