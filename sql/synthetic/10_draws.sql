-- Pseudo-randomness that is the same on every machine: bits of an md5 and plain arithmetic, no random(), no logarithm.

-- 128 bits of a thing's number.
create or replace temp macro draw(kind, number) as
md5_number(concat_ws(' ', getvariable('seed'), kind, number));

-- They are taken apart into two words of 64.
create or replace temp macro low(drawn) as
(drawn & 18446744073709551615)::ubigint;

create or replace temp macro high(drawn) as
(drawn >> 64)::ubigint;

-- A number from 0 to under 1: one of the four that a word holds (place 0 to 3).
create or replace temp macro share(word, place) as
((word >> (16 * place)) & 65535) / 65536.0::double;

-- One of a list; the share says how far down. A squared share makes the head of the list the commonest.
create or replace temp macro pick(choices, part) as
choices[1 + floor(part * len(choices))::integer];

create or replace temp macro passage(word, place) as
getvariable('passages')[1 + ((word >> (12 * place)) & 4095)::integer];

-- 24 to 56 words.
create or replace temp macro words_of(word) as
passage(word, 0) || ' ' || passage(word, 1);

-- 60 to 140 words.
create or replace temp macro account_of(word) as
words_of(word) || ' ' || passage(word, 2) || ' ' || passage(word, 3) || ' ' || passage(word, 4);
