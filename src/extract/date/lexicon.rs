//! Words that tell a date from what looks like one, by where they stand: before the number or behind it.

/// Words after which two numbers with a mark between them are a date.
pub const DAY_FOLLOWS: &[&str] = &[
    "ngày",
    "từ",
    "đến",
    "tới",
    "trước",
    "sau",
    "vào",
    "hết",
    "hôm",
    "nay",
    "qua",
    "mai",
    "lễ",
    "dịp",
    "tết",
    "tính",
    "kể",
    "tức",
    "hạn",
    "sáng",
    "trưa",
    "chiều",
    "tối",
    "đêm",
    "khuya",
    "quốc khánh",
    "cuối",
    "đầu",
    "giữa",
    "nghỉ",
    "kỷ niệm",
    "thiếu nhi",
    "quốc tế lao động",
    "pháp luật việt nam",
    "ngày pháp luật",
    "chiến thắng",
    "phụ nữ",
    "nhà giáo",
    "thầy thuốc",
    "miền nam",
    "nhất đất nước",
    "mạng tháng tám",
];

/// Words after which a holiday stands, whatever its mark.
pub const HOLIDAY_FOLLOWS: &[&str] = &[
    "quốc khánh",
    "lễ",
    "dịp",
    "tết",
    "nghỉ",
    "kỷ niệm",
    "thiếu nhi",
    "quốc tế lao động",
    "chiến thắng",
    "pháp luật việt nam",
];

/// Words after which two numbers with a mark between them are a street, a house, a ratio or a part of a document.
pub const OTHER_FOLLOWS: &[&str] = &[
    "số",
    "đường",
    "phố",
    "ngõ",
    "hẻm",
    "ngách",
    "lô",
    "tổ",
    "kiệt",
    "nhà",
    "cầu",
    "khu",
    "phường",
    "quận",
    "khóm",
    "ấp",
    "thôn",
    "điều",
    "khoản",
    "điểm",
    "mục",
    "đạt",
    "còn",
    "chiếm",
    "bằng",
    "gần",
    "hơn",
    "khoảng",
    "trên",
    "dưới",
    "có",
    "được",
    "lớp",
    "khối",
    "mức",
    "độ",
    "bản",
    "công ty",
    "xí nghiệp",
    "trường",
    "quảng trường",
    "đợt",
    "công viên",
    "bệnh viện",
    "rạp",
    "nhà máy",
    "tỷ số",
    "tỉ số",
    "chung cuộc",
    "hiệp",
    "hiệp phụ",
    "hiệp một",
    "hiệp hai",
    "huyết áp",
    "tọa độ",
    "lô đất",
    "thửa đất",
    "đội hình",
    "sơ đồ",
    "có đến",
    "có tới",
    "lên đến",
    "lên tới",
    "thắng",
    "thua",
    "hòa",
    "tỷ lệ",
    "tỉ lệ",
    "thửa",
    "hiệu",
    "km",
    "biểu",
    "mẫu",
    "size",
    "dẫn",
    "gỡ",
    "chợ",
    "bến",
    "tầng",
    "xã",
    "huyện",
    "hộ",
    "phần",
    "loại",
    "hạng",
    "cấp",
    "phụ lục",
    "bài",
    "câu",
    "trang",
    "kỳ",
    "thứ",
    "nhóm",
    "chỉ",
    "cả",
    "phòng",
];

/// Words after which a day is the name of a street, a school, a work or a team: `đường 3 tháng 2`, `Trường THCS 19/8`.
pub const NAMED_AFTER: &[&str] = &[
    "bảo tàng", "bệnh viện", "bến xe", "cao đẳng", "chung cư", "chợ", "cơ khí", "công viên", "câu lạc bộ", "cầu",
    "dệt", "ga", "htx", "hẻm", "hợp tác xã", "khu phố", "khu tập thể", "khách sạn", "kiệt", "làng", "lâm trường",
    "lữ đoàn", "may", "mầm non", "mẫu giáo", "ngã ba", "ngã tư", "ngõ", "nhà máy", "nhà văn hóa", "nội trú",
    "nông trường", "nút giao", "phường", "phố", "ptcs", "quảng trường", "rạp", "sân vận động", "thcs", "thpt",
    "thư viện", "tiểu học", "trung học", "trung học cơ sở", "trung học phổ thông", "trường", "xí nghiệp", "đường",
    "đại lộ", "đại học",
];

/// Words after a day or a span of months that say it comes every year.
pub const YEARLY: &[&str] = &["hàng năm", "hằng năm", "mỗi năm"];

/// Words before a day or a span of months that say so.
pub const HABITUAL: &[&str] = &[
    "hàng năm", "hằng năm", "mùa khô", "mùa mưa", "mỗi năm", "năm nào cũng", "thường bắt đầu", "thường diễn ra",
    "thường kéo dài", "thường rơi",
];

/// Words after a day that say it comes every month, or is one of another year.
pub const RECURS: &[&str] =
    &["hàng tháng", "hằng tháng", "mỗi tháng", "của tháng", "của năm sau", "của năm tiếp"];

/// Words of measure: numbers before them count something.
pub const MEASURES: &[&str] = &[
    "lần",
    "tuổi",
    "tiếng",
    "giờ",
    "phút",
    "giây",
    "ngày",
    "triệu",
    "tỷ",
    "tỉ",
    "nghìn",
    "ngàn",
    "đồng",
    "người",
    "hộ",
    "xã",
    "độ",
    "bàn",
    "điểm",
    "km",
    "m",
    "m2",
    "kg",
    "ha",
    "tấn",
    "mét",
    "lít",
    "usd",
    "%",
    "phần",
    "con",
    "chiếc",
    "cái",
    "trẻ",
    "em",
    "năm",
    "tháng",
    "tuần",
    "viên",
    "cm",
    "mm",
    "g",
    "ml",
    "sào",
    "bệnh",
    "trận",
    "bữa",
    "ly",
    "chén",
    "cốc",
    "đại biểu",
    "phiếu",
    "doanh nghiệp",
    "thành viên",
    "huyện",
    "tỉnh",
    "vụ",
    "bị can",
    "số",
    "diện tích",
    "dân số",
    "giá",
    "chỉ tiêu",
    "tập đoàn",
    "chủ tàu",
    "quả",
    "buổi",
    "lượt",
    "suất",
    "hôm",
];

/// Words that begin as money does and are none.
pub const NO_MONEY: &[&str] = &[
    "tỷ lệ",
    "tỉ lệ",
    "tỷ trọng",
    "tỉ trọng",
    "tỷ suất",
    "tỉ suất",
    "tỷ giá",
    "tỉ giá",
    "tỷ số",
    "tỉ số",
    "đồng thời",
    "đồng chí",
    "đồng bào",
    "đồng bộ",
    "đồng bằng",
    "đồng loạt",
    "đồng hành",
    "đồng tình",
    "đồng ý",
];

/// Words that go on after a year in a title.
pub const GO_ON: &[&str] = &[
    "tại",
    "ra sao",
    "tỉnh",
    "đối với",
    "của",
    "theo",
    "là",
    "như",
    "có",
    "được",
    "và",
    "cho",
    "mới",
    "thế nào",
    "ở",
    "từ",
    "do",
    "để",
    "khi",
    "quy định",
    "dự kiến",
    "sẽ",
    "đã",
    "chi tiết",
    "chính thức",
    "bao nhiêu",
    "gồm",
    "với",
    "trên",
    "vừa",
    "diễn ra",
    "về",
    "môn",
    "dành",
    "sau",
    "cùng",
    "vẫn",
    "không",
    "nhằm",
    "này",
    "đang",
    "cần",
    "phải",
    "phạt",
    "rơi vào",
    "khai mạc",
    "bế mạc",
    "khép lại",
];

/// Words after which a number counts or names something else.
pub const COUNTED: &[&str] = &[
    "là", "lên", "xuống", "mã", "giá", "thu", "tăng", "giảm", "mất", "chi", "nộp", "phạt", "tổng", "những", "các",
    "từng", "id", "dài", "rộng", "máy", "camera", "xe", "model", "phòng", "cao",
];

/// Words behind which four digits are a year. Sorted.
pub const YEARS_FOLLOW: &[&str] = &[
    "cuối",
    "cùng kỳ",
    "dự toán",
    "giữa",
    "hè",
    "kể từ",
    "mùa",
    "nguyên đán",
    "ngân sách",
    "nhiệm vụ",
    "sinh",
    "sn",
    "so với",
    "tết",
    "từ năm",
    "xuân",
    "đầu",
];

/// Words at the end of the names of contests and feasts, which carry the year of each time they are held. Sorted.
pub const EDITIONS: &[&str] = &[
    "asiad",
    "cup",
    "dương lịch",
    "euro",
    "games",
    "hoa hậu việt nam",
    "league",
    "mở rộng",
    "olympic",
    "tốt nghiệp thpt",
    "âm lịch",
];

/// Stems that begin the name of a year of the sixty. Sorted.
pub const STEMS: &[&str] = &["bính", "canh", "giáp", "kỷ", "mậu", "nhâm", "quý", "tân", "đinh", "ất"];

/// Branches that end the name of a year of the sixty. Sorted.
pub const BRANCHES: &[&str] = &["dần", "dậu", "hợi", "mão", "mùi", "ngọ", "sửu", "thân", "thìn", "tuất", "tý", "tỵ"];

/// Words that tell of what is to come.
pub const AHEAD: &[&str] =
    &["chậm nhất", "dự kiến", "muộn nhất", "phấn đấu", "sẽ", "sắp", "sắp tới", "thời gian tới", "tới đây"];

/// Words that ask, plan or set a term: what is to come, where nothing tells of the past.
pub const PLANNED: &[&str] = &[
    "chuẩn bị", "chỉ tiêu", "có hiệu lực", "cần", "hoàn thành", "hoàn tất", "hạn", "kế hoạch", "mục tiêu",
    "phải", "yêu cầu", "áp dụng từ", "đề nghị",
];

/// Words that tell of what has been.
pub const BEHIND: &[&str] = &[
    "bùng phát", "bắt giữ", "bị bắt", "ghi nhận", "hồi", "khởi tố", "trước đó", "tử vong", "vừa", "vừa qua",
    "vừa rồi", "xảy ra", "đã", "đến nay",
];

/// Words that tell of what has been, less firmly.
pub const TOLD: &[&str] = &["bị", "sau khi", "từng", "đón"];

/// Verbs with whose result a span of time is told: past, where nothing tells of what is to come.
pub const REPORTED: &[&str] = &[
    "chiếm", "giảm", "giải ngân", "giải quyết", "kết thúc", "phát hiện", "thu", "tiếp nhận", "tăng", "xuất khẩu",
    "xử lý", "đạt", "ước",
];

/// Longer words that begin or end with one of tense and say nothing of it.
pub const NO_TENSE: &[&str] = &[
    "bị can", "bị cáo", "bị hại", "bị đơn", "cần thơ", "giao lưu", "giao thông", "hạn chế", "hạn hán", "hồi phục",
    "hồi sinh", "kế hoạch số", "phản hồi", "sắp xếp", "thiết bị", "thu hồi", "trang bị", "vừa là", "vừa phải",
    "vừa và nhỏ",
];

/// Words right after a date that point back from publication.
pub const POINT_BACK: &[&str] = &["vừa qua", "vừa rồi", "đến nay", "tới nay"];

/// Words right after a date that point ahead from publication.
pub const POINT_AHEAD: &[&str] = &["sắp tới", "sắp đến", "tới", "tới đây"];

/// Words before a day of what happened then; but a preposition nothing may stand between.
pub const HAPPENED: &[&str] = &[
    "bùng phát", "bắt giữ", "bị bắt", "hồi", "khởi tố", "mất", "qua đời", "ra đời", "tử vong", "xảy ra", "được bầu",
];

/// Prepositions that may stand between such a word and its day.
pub const PREPOSITIONS: &[&str] =
    &["cuối", "giữa", "hôm", "khoảng", "lúc", "ngày", "trong", "từ", "vào", "đầu"];

/// Words before a year that make it another's: the year of a comparison, an aim or a document.
pub const NOT_REPORTED: &[&str] =
    &["cùng kì", "cùng kỳ", "của", "giai đoạn", "hơn", "nhiệm kỳ", "sinh", "sn", "thời kỳ", "tới", "với", "đến"];

/// Words before a year in its clause that make it what a meeting reports on or plans: not the year of its day.
pub const AGENDA: &[&str] = &[
    "báo cáo", "chương trình công tác", "chỉ tiêu", "dự toán", "kế hoạch", "mục tiêu", "ngân sách", "nhiệm vụ",
    "phương hướng", "quyết toán", "sơ kết", "triển khai công tác", "tổng kết",
];

/// Words after which `quý` and a number word, or `này`, are a quarter.
pub const QUARTER_FOLLOWS: &[&str] = &[
    "bước sang", "bước vào", "của", "cuối", "giữa", "hết", "kỳ", "ngay", "sang", "so với", "trong", "từ", "vào",
    "đến", "đầu",
];

/// Words that end in `hàng` before a month that is none of every month: `đơn hàng tháng 4`.
pub const GOODS: &[&str] = &[
    "bán hàng", "cửa hàng", "giao hàng", "khách hàng", "mặt hàng", "ngân hàng", "nhà hàng", "nhập hàng",
    "xuất hàng", "đơn hàng",
];
