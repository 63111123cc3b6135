"""What pydantic finds wrong with a value, by its name for it: a sentence in English and one in Indonesian."""

_SAYINGS = (
    ("missing", "This is required. Add it.", "Ini wajib. Tambahkan."),
    (
        "extra_forbidden",
        "This is not known here. Remove it or check its spelling.",
        "Ini tidak dikenal di sini. Hapus atau periksa ejaannya.",
    ),
    (
        "json_invalid",
        "The body is not valid JSON. Correct it.",
        "Isi permintaan bukan JSON yang sah. Perbaiki.",
    ),
    (
        "int_type int_parsing int_parsing_size int_from_float",
        "Send a whole number, without quotes or decimals.",
        "Kirim bilangan bulat, tanpa tanda kutip atau desimal.",
    ),
    (
        "float_type float_parsing finite_number decimal_type decimal_parsing",
        "Send a number.",
        "Kirim sebuah angka.",
    ),
    ("bool_type bool_parsing", "Send true or false.", "Kirim true atau false."),
    ("string_type string_unicode bytes_type", "Send text.", "Kirim teks."),
    (
        "string_too_short",
        "Send at least {min_length} character(s).",
        "Kirim paling sedikit {min_length} karakter.",
    ),
    (
        "string_too_long",
        "Send at most {max_length} character(s).",
        "Kirim paling banyak {max_length} karakter.",
    ),
    ("string_pattern_mismatch", "Send it in the form {pattern}.", "Kirim dalam bentuk {pattern}."),
    (
        "text_blank",
        "Write something here; blanks alone are not enough.",
        "Isi kolom ini; spasi saja tidak cukup.",
    ),
    (
        "text_characters",
        "Remove control characters and other characters that cannot be typed.",
        "Hapus karakter kendali dan karakter lain yang tidak bisa diketik.",
    ),
    (
        "names_address",
        "Others read this reason. Leave phone numbers and e-mail addresses out.",
        "Alasan ini dibaca orang lain. Jangan menulis nomor telepon atau alamat e-mail.",
    ),
    ("greater_than", "Send more than {gt}.", "Kirim lebih dari {gt}."),
    ("greater_than_equal", "Send {ge} or more.", "Kirim {ge} atau lebih."),
    ("less_than", "Send less than {lt}.", "Kirim kurang dari {lt}."),
    ("less_than_equal", "Send {le} or less.", "Kirim {le} atau kurang."),
    ("multiple_of", "Send a multiple of {multiple_of}.", "Kirim kelipatan {multiple_of}."),
    ("too_short", "Send at least {min_length} item(s).", "Kirim paling sedikit {min_length} butir."),
    ("too_long", "Send at most {max_length} item(s).", "Kirim paling banyak {max_length} butir."),
    (
        "list_type tuple_type set_type frozen_set_type iterable_type set_item_not_hashable",
        "Send a list.",
        "Kirim sebuah daftar.",
    ),
    (
        "dict_type mapping_type model_type model_attributes_type dataclass_type recursion_loop",
        "Send a JSON object.",
        "Kirim objek JSON.",
    ),
    ("none_required", "Send null or leave it out.", "Kirim null atau kosongkan."),
    ("literal_error enum", "Send one of: {expected}.", "Kirim salah satu dari: {expected}."),
    ("union_tag_invalid", "Send one of: {expected_tags}.", "Kirim salah satu dari: {expected_tags}."),
    ("union_tag_not_found", "Say which kind it is.", "Sebutkan jenisnya."),
    (
        "uuid_type uuid_parsing uuid_version",
        "Send an id as the API gives it, such as 01890a5d-ac96-774b-bcce-b302099a8057.",
        "Kirim id seperti yang diberikan API, misalnya 01890a5d-ac96-774b-bcce-b302099a8057.",
    ),
    (
        "day_form date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
        "Send a day that exists, as YYYY-MM-DD.",
        "Kirim tanggal yang ada, sebagai YYYY-MM-DD.",
    ),
    ("date_past", "Send a day in the past.", "Kirim tanggal yang sudah lewat."),
    ("date_future", "Send a day in the future.", "Kirim tanggal yang akan datang."),
    (
        "moment_form moment_zone datetime_type datetime_parsing datetime_from_date_parsing datetime_object_invalid"
        " timezone_naive timezone_aware timezone_offset",
        "Send a date and time with its zone, such as 2026-11-27T10:00:00+07:00.",
        "Kirim tanggal dan jam beserta zonanya, misalnya 2026-11-27T10:00:00+07:00.",
    ),
    ("datetime_past", "Send a time in the past.", "Kirim waktu yang sudah lewat."),
    ("datetime_future", "Send a time in the future.", "Kirim waktu yang akan datang."),
    ("time_type time_parsing", "Send a time of day as hh:mm.", "Kirim jam sebagai hh:mm."),
    ("year_range", "Send a year from {first} to {last}.", "Kirim tahun {first} sampai {last}."),
    ("url_type url_parsing url_scheme", "Send a web address.", "Kirim alamat web."),
    ("url_too_long", "Send a shorter web address.", "Kirim alamat web yang lebih pendek."),
    (
        "cursor_unknown",
        "Send `next` of the page before, unchanged, or leave it out to start.",
        "Kirim `next` dari halaman sebelumnya apa adanya, atau kosongkan untuk mulai dari awal.",
    ),
    (
        "key_form",
        "Send 1 to 200 visible ASCII characters, the same again when you repeat the same request.",
        "Kirim 1 sampai 200 karakter ASCII yang terlihat, sama lagi saat mengulang permintaan yang sama.",
    ),
)
TEXTS: dict[str, tuple[str, str]] = {
    name: (english, indonesian) for names, english, indonesian in _SAYINGS for name in names.split()
}
OTHER = (
    "This value cannot be accepted. See this field in the API document.",
    "Nilai ini tidak bisa diterima. Lihat kolom ini di dokumen API.",
)
"""For what is not named above: sound, if less helpful."""
