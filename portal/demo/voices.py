"""What people in the demo say, in their own calm words. {who} is the other person, {he} {him} {his} the pronouns."""

from portal.demo.names import Gender

MAN, WOMAN = Gender.MAN, Gender.WOMAN

PRONOUNS = {
    MAN: {"he": "he", "him": "him", "his": "his", "He": "He", "His": "His"},
    WOMAN: {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her"},
}

TIES: dict[str, tuple[tuple[str, Gender], ...]] = {
    "living_together": (
        ("husband", MAN),
        ("partner", MAN),
        ("partner", MAN),
        ("wife", WOMAN),
        ("partner", WOMAN),
    ),
    "parted": (("ex-partner", MAN), ("ex-husband", MAN), ("ex-partner", MAN), ("ex-partner", WOMAN)),
    "grown_child": (("son", MAN), ("son", MAN), ("daughter", WOMAN)),
    "elders": (("father", MAN), ("brother", MAN), ("mother-in-law", WOMAN)),
}

HAPPENING: dict[str, tuple[str, ...]] = {
    "living_together": (
        "My {who} checks my phone every evening. I have stopped seeing my sister because it is easier.",
        "{He} keeps the bank card and gives me money for the shopping. I have to bring the receipts.",
        "Last week {he} pushed me in the kitchen and then cried. I do not want {him} to know that I have asked.",
        "My {who} shouts until I give in. I am not hurt. I am tired, and the children hide in the bathroom.",
        "I have to ask before I go out. If I am late {he} locks the door and I wait on the stairs.",
        "{He} has told everybody that I am not well. I am well. I want somebody to write down what I say.",
        "{He} broke the bedroom door on Sunday because I had shut it. I put a chair against it at night.",
        "Since I lost my job my {who} says the flat is {his} and that I can go. My name is on the tenancy too.",
        "{He} sits beside me whenever I ring anybody. I am writing this from the library.",
    ),
    "parted": (
        "My {who} still has a key and comes in when I am at work. Nothing is taken. Things have been moved.",
        "{He} waits outside the school in the car. I would like to move nearer to my mum.",
        "We parted in spring and {he} sends forty or fifty messages a day. Some are kind and some are not.",
        "My {who} kicked the front door on Friday night and the frame is split. It shuts if I lift it.",
        "{He} found out where we moved to. I do not know how. I have not told {him} and neither have the children.",
        "{He} is still on the tenancy and says {he} will come back to live here when {he} likes.",
        "{He} rings my neighbours to ask who has been here. They have been very good about it, but I am ashamed.",
        "There was a hearing in May and {he} is not allowed near us. {He} was in the car park on Tuesday.",
    ),
    "grown_child": (
        "My {who} takes my pension on the day it comes. I do not want {him} in trouble.",
        "My {who} lives with me and shouts at night. {He} has put holes in two walls. I am seventy-one.",
        "My {who} came back to live here in the summer. {He} does not let me use the kitchen when {he} is in.",
    ),
    "elders": (
        "My {who} says I will be sent to stay with relatives if I see my friend again. I do not want to go.",
        "My family watch who I talk to. My {who} reads my post before I do. Please do not send letters.",
        "My {who} keeps my passport and my bank card, and says that I am too young to understand.",
    ),
}

WISHES = (
    "I would like the locks changed if that can be done without {him} being told.",
    "I want to stay here. It is my home and the school is round the corner.",
    "I would like to move, not far, somewhere {he} does not know.",
    "I only want to talk it through with somebody first.",
    "I want to know what happens to the tenancy if I leave.",
    "",
    "",
)

HOUSEHOLD = (
    "Me and my two children, six and nine",
    "My mum, who is 78 and does not hear well",
    "My daughter, who is fifteen",
    "A lodger who works nights",
    "Three children; the baby is five months old",
    "",
    "",
    "",
)
CHILDREN = (
    "They are at school until quarter past three.",
    "The eldest has started to sleep at a friend's house.",
    "They heard it.",
    "",
)
NEEDS = (
    "I use a wheelchair.",
    "I cannot read small print.",
    "I get very anxious on the phone.",
    "",
    "",
    "",
    "",
)

TOLD_BY_OTHERS = (
    (
        "sister",
        "",
        "My sister has stopped answering her door when her {who} is in. She asked me to write to you.",
    ),
    (
        "support worker",
        "Anyborough Women's Centre",
        "She has told me what is happening at home and agreed to this.",
    ),
    (
        "health visitor",
        "Anyborough Family Health",
        "Mum spoke to me alone in clinic. Wants advice about her tenancy. Please do not ring after four.",
    ),
    (
        "neighbour",
        "",
        "I hear shouting through the wall most weekends, and on Saturday somebody crying on the stairs.",
    ),
    (
        "teacher",
        "Cobblewright Primary",
        "A child in my class says that nobody is allowed upstairs when {who} is home.",
    ),
    ("friend", "", "She asked me to do this because her phone is looked through."),
)
SEEN_BY_STAFF = (
    (
        "gas engineer",
        "Brightflame Heating",
        "Two inner doors off their hinges. Tenant said it was the children. There were no children's things.",
    ),
    (
        "repairs operative",
        "",
        "Third broken door handle since June. The tenant kept me talking until the other person had gone.",
    ),
    ("caretaker", "", "Tenant asked me twice whether the cameras on the stairs are watched by anybody."),
    (
        "income officer",
        "",
        "Asked if rent letters could go somewhere else. Somebody was telling her what to say.",
    ),
    (
        "cleaning contractor",
        "Spick Estates",
        "Woman on the landing in slippers, with a bag. Said she was locked out for the evening.",
    ),
)
BY_TELEPHONE = (
    "Rang from a friend's phone. Wants to know who can see the file. Asked twice that nothing is posted.",
    "Came to the front desk about the rent and asked to speak in private. Says that {who} controls the money.",
    "Told the estate officer during a visit about damp. Wants somebody to ring her at work.",
)
AGAIN = (
    "It has started again. {He} came on Sunday. I spoke with somebody here before.",
    "I told you about this in the spring. I thought it was over and it is not.",
    "Something else has happened since I wrote. I could not find the number I was given.",
)
CHILDS_WORDS = (
    "I am {age}. I do not like being at home when mum works late and he is there. My teacher helped me."
)
LIFE = (
    "{He} has said that {he} will kill me if I leave and I think {he} means it. {He} is out until six.",
    "{He} had {his} hands on my neck last night. I am at my neighbour's now. {He} does not know where.",
    "{He} is outside and will not go. I have rung 999. I want somebody to know.",
)
DAMAGE = (
    "The front door was forced and does not lock. I have put the washing machine behind it.",
    "The kitchen window is broken from outside and it is on the ground floor.",
    "{He} pulled the lock off the back door. Anybody can walk in.",
)
