from django.urls import path

from nightdesk.desk.staff import entering, own, views

app_name = "staff"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/second/", entering.second, name="second"),
    path("sign-in/passphrase/", entering.first_passphrase, name="first_passphrase"),
    path("sign-in/enrol/", entering.first_factor, name="first_factor"),
    path("sign-in/recover/", entering.recover, name="recover"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("me/", own.me, name="me"),
    path("me/passphrase/", own.passphrase, name="passphrase"),
    path("me/factors/new/", own.enrol, name="enrol"),
    path("me/factors/<int:factor_pk>/remove/", own.remove_factor, name="remove_factor"),
    path("me/sessions/end/", own.end_sessions, name="end_sessions"),
    path("members/", views.members, name="members"),
    path("members/new/", views.add, name="add"),
    path("members/<int:member_pk>/", views.member, name="member"),
    path("members/<int:member_pk>/shut-out/", views.shut_out, name="shut_out"),
    path("members/<int:member_pk>/let-in/", views.let_in, name="let_in"),
    path("members/<int:member_pk>/vouch/", views.vouch, name="vouch"),
    path("members/<int:member_pk>/end-sessions/", views.end_sessions_of, name="end_sessions_of"),
    path("members/<int:member_pk>/recover/", views.propose_recovery, name="propose_recovery"),
    path("recoveries/<int:recovery_pk>/agree/", views.agree_recovery, name="agree_recovery"),
    path("recoveries/<int:recovery_pk>/stop/", views.stop_recovery, name="stop_recovery"),
]
