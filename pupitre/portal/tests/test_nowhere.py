from pupitre.directory.models import Affiliation


def test_whoever_has_no_role_left_is_told_so_and_keeps_their_account(cast, tuesday, client):
    cast.sign_in(client, "collegue")
    Affiliation.objects.filter(person=cast.people["collegue"]).update(ends_on="2026-11-20")
    page = client.get("/")
    assert page.status_code == 200
    assert "rattaché à aucun établissement" in page.content.decode()
    assert client.get("/compte/").status_code == 200
    assert client.get(f"/{cast.college.uai}/").status_code == 404
