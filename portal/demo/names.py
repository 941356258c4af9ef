"""Invented names with the variety of England; nobody in the demo stands for anybody alive."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Gender(StrEnum):
    """Only so that pronouns and given names fit."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class Heritage:
    """Given names and surnames that go together, and a language that may be asked for."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    language: str = ""
    weight: int = 1

    def given(self, gender: Gender, chance: Random) -> str:
        """One given name."""
        return chance.choice(self.women if gender is Gender.WOMAN else self.men)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Heritage(
    _words(
        "Amy Beth Carol Chloe Dawn Ellie Emma Fay Gemma Hannah Hazel Holly Jade Janet Jodie Karen Kerry Laura Leanne "
        "Lucy Maureen Megan Natalie Nicola Olive Paula Poppy Rachel Rosie Sally Shannon Sheila Tara Tracey Wendy Zoe"
    ),
    _words(
        "Adam Ben Callum Craig Daniel Dean Gary Graham Jake Jason Kevin Lee Liam Luke Mark Martin Nathan Neil Paul "
        "Peter Rhys Ryan Sean Shaun Simon Steven Terry Wayne"
    ),
    _words(
        "Ashby Barlow Bickerstaff Birtwistle Brindle Clegg Crabtree Dewhurst Entwistle Fairclough Garside Greenhalgh "
        "Hardcastle Haworth Hollins Kershaw Ledger Mayhew Nuttall Ogden Pickles Postlethwaite Ramsbottom Rigby "
        "Shackleton Sidebottom Stubbs Threlfall Tunnicliffe Wagstaff Whittaker Winstanley"
    ),
    weight=12,
)
HERITAGES = (
    ENGLISH,
    Heritage(
        _words("Agnieszka Alicja Beata Dorota Ewa Halina Joanna Kinga Magda Wioletta Zofia"),
        _words("Dawid Kamil Krzysztof Marcin Pawel Piotr Tomasz Zbigniew"),
        _words("Bielak Dudek Gorny Kubiak Lisek Malec Nowicki Pietras Sroka Wrona"),
        "Polish",
        3,
    ),
    Heritage(
        _words("Amina Deqa Faduma Hodan Idil Ifrah Ladan Nimco Sagal Ubah"),
        _words("Abdi Ayanle Bashir Guled Hirsi Liban Mahad Yusuf"),
        _words("Abdulle Barre Dirie Elmi Farah Guuleed Jama Warsame"),
        "Somali",
        2,
    ),
    Heritage(
        _words("Amrit Baljit Gurpreet Harleen Jasleen Kiran Mandeep Navneet Simran Sukhi"),
        _words("Balraj Gurdeep Harjit Inderjit Jagdeep Manvir Parminder Ranjit"),
        _words("Bhogal Dhaliwal Gill Johal Kalsi Mann Sandhu Sohal Virdee"),
        "Punjabi",
        3,
    ),
    Heritage(
        _words("Aisha Bushra Farzana Hina Maryam Nasreen Rukhsana Saima Shabana Zainab"),
        _words("Adeel Faisal Imran Kashif Nadeem Omar Rashid Tariq"),
        _words("Akhtar Bashir Chaudhry Iqbal Malik Mirza Qureshi Rafiq Yousaf"),
        "Urdu",
        3,
    ),
    Heritage(
        _words("Angharad Bronwen Carys Eleri Ffion Gwenllian Lowri Mair Nia Siwan"),
        _words("Aled Dafydd Emyr Gethin Huw Iwan Owain Rhodri"),
        _words("Bebb Cadwaladr Gethin Gwilym Llewellyn Penri Pugh Tudor"),
        "Welsh",
        2,
    ),
    Heritage(
        _words("Abena Adaeze Chidinma Efua Folake Ngozi Titilayo Yetunde"),
        _words("Chike Emeka Kofi Kwame Olumide Segun Tunde Uche"),
        _words("Adeyemi Afolabi Boateng Eze Mensah Nwosu Okafor Owusu"),
        weight=2,
    ),
    Heritage(
        _words("Charmaine Delroy-Ann Jacinta Marcia Monique Precious Shanice Yvette"),
        _words("Delroy Errol Jermaine Leroy Marlon Tyrone Winston"),
        _words("Blackwood Campbell-Ray Desmond Francis Grant Palmer Reid Whyte"),
        weight=2,
    ),
    Heritage(
        _words("Adriana Camelia Daniela Ioana Mihaela Roxana Simona"),
        _words("Bogdan Catalin Florin Ionut Marius Razvan Sorin"),
        _words("Anghel Barbu Dobre Lupu Munteanu Rusu Stancu"),
        "Romanian",
        2,
    ),
    Heritage(
        _words("Bridie Caoimhe Deirdre Grainne Maeve Niamh Roisin Sinead"),
        _words("Cathal Declan Eoin Fergal Padraig Ronan Tadhg"),
        _words("Brannigan Corrigan Devaney Gallagher Keegan McAteer Rafferty Tierney"),
        weight=2,
    ),
    Heritage(
        _words("Dilan Gulistan Hevin Leyla Narin Rojin Shilan"),
        _words("Azad Baran Hiwa Karwan Rebin Serdar Zana"),
        _words("Amedi Barzan Doski Hesen Kovan Shekho Zebari"),
        "Kurdish",
    ),
    Heritage(
        _words("Halyna Iryna Kateryna Larysa Oksana Svitlana Yuliia"),
        _words("Andriy Bohdan Dmytro Maksym Oleh Taras Vasyl"),
        _words("Bondar Hrytsenko Kravets Melnyk Shevchuk Tkach Vovk"),
        "Ukrainian",
    ),
)


def heritage(chance: Random) -> Heritage:
    """One of them, the commoner the likelier."""
    return chance.choices(HERITAGES, [each.weight for each in HERITAGES])[0]
