from django.urls import reverse

from pupitre.establishments.models import Establishment


def test_a_lycee_is_told_that_no_file_is_made_for_its_booklet_and_gets_a_table(term, college, client_of):
    Establishment.objects.filter(pk=college.college.pk).update(kind="lycee")
    office = client_of("secretaire")
    page = office.get(reverse("lsu:home", args=["0990001N"])).content.decode()
    assert "Aucun format public" in page
    address = f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}"
    assert address in page
    table = office.get(address)
    text = table.content.decode("utf-8-sig")
    assert "4B;Inès Belkacem;123456789AB;061300;Mathématiques;Mme Roussel;12,5;12,5;Trimestre sérieux." in text
    assert "Mathématiques, 4B;061300;1;12,5;0;0;1" in text
    assert client_of("collegue").get(address).status_code == 404


def test_a_primary_school_is_told_that_nothing_is_done_for_it(college, client_of):
    Establishment.objects.filter(pk=college.college.pk).update(kind="ecole")
    assert "premier degré" in client_of("secretaire").get(reverse("lsu:home", args=["0990001N"])).content.decode()
