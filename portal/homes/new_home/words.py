"""What else gives a new address away: gone through with them, one thing after the other (whg 2.8)."""

GIVES_AWAY = {
    "offices": "The benefits office, the bank, the doctor and the school: change it there by voice, not by post",
    "voters": "The electoral register: it can be anonymous",
    "things": "Parcels, insurance, the car’s papers, the vet and the pet’s chip",
    "devices": "Shared accounts, maps and clouds; a child’s telephone, tablet or game",
    "post": "Post that is sent on: ask that nothing is",
    "power": "Gas, water, power and the telephone: a new account, not the old one moved",
    "ours": "Our own repairs, rent and letters: look what is set to go out by itself",
}
