//! The words around a figure, by the part they play; a word may play several.
//!
//! Every list is sorted. [`tag`] finds the words of a text in one pass, the longest first, whole words only.

use crate::extract::scan::{spellings, whole};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, Match, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// Holds the set of parts that a word may play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u64);

impl Roles {
    /// Says whether any of these parts is among those.
    pub const fn any(self, of: Roles) -> bool {
        self.0 & of.0 != 0
    }

    /// Returns these parts and those.
    pub const fn or(self, of: Roles) -> Roles {
        Roles(self.0 | of.0)
    }
}

/// A comma.
pub const COMMA: Roles = Roles(1 << 0);
/// A dash between blanks.
pub const DASH: Roles = Roles(1 << 1);
/// A semicolon, or a full stop inside the sentence.
pub const SEMICOLON: Roles = Roles(1 << 2);
/// A colon.
pub const COLON: Roles = Roles(1 << 3);
/// An opening bracket.
pub const OPEN: Roles = Roles(1 << 4);
/// A closing bracket.
pub const CLOSE: Roles = Roles(1 << 5);
/// A number without a unit of percentage.
pub const NUMBER: Roles = Roles(1 << 6);
/// A number with its percent sign.
pub const FIGURE: Roles = Roles(1 << 7);
/// Words of growth.
pub const RISE: Roles = Roles(1 << 8);
/// Words of decline.
pub const FALL: Roles = Roles(1 << 9);
/// Words of arrival at a figure.
pub const REACH: Roles = Roles(1 << 10);
/// Words that set a figure equal to its subject.
pub const IS: Roles = Roles(1 << 11);
/// Words of a share.
pub const SHARE: Roles = Roles(1 << 12);
/// Words of more than a plan.
pub const EXCEED: Roles = Roles(1 << 13);
/// Words that introduce what is counted.
pub const HAVE: Roles = Roles(1 << 14);
/// Words before the end of a change.
pub const TO: Roles = Roles(1 << 15);
/// Words before the start of a change or range.
pub const FROM: Roles = Roles(1 << 16);
/// Words before the end of a range or time.
pub const UNTIL: Roles = Roles(1 << 17);
/// Nouns that only carry the figure.
pub const LEVEL: Roles = Roles(1 << 18);
/// Words between subject and verb.
pub const AUX: Roles = Roles(1 << 19);
/// Words between verb and figure.
pub const ADVERB: Roles = Roles(1 << 20);
/// Words before a figure that is not exact.
pub const ABOUT: Roles = Roles(1 << 21);
/// Words before a figure that is passed.
pub const OVER: Roles = Roles(1 << 22);
/// Words before a figure that is not reached.
pub const UNDER: Roles = Roles(1 << 23);
/// Words before a lower limit.
pub const AT_LEAST: Roles = Roles(1 << 24);
/// Words before an upper limit.
pub const AT_MOST: Roles = Roles(1 << 25);
/// Words for what was planned.
pub const PLAN: Roles = Roles(1 << 26);
/// Words for what is aimed at.
pub const TARGET: Roles = Roles(1 << 27);
/// Words before what a figure is compared to.
pub const COMPARE: Roles = Roles(1 << 28);
/// Words that open a clause.
pub const LEAD: Roles = Roles(1 << 29);
/// Verbs after which another clause begins.
pub const REPORT: Roles = Roles(1 << 30);
/// Verbs whose object may be what is measured.
pub const VERB: Roles = Roles(1 << 31);
/// Words that can only open the verb of a clause.
pub const TENSE: Roles = Roles(1 << 32);
/// Words that tie a noun phrase to what stands before.
pub const PREPOSITION: Roles = Roles(1 << 33);
/// Words that join equals.
pub const CONJUNCTION: Roles = Roles(1 << 34);
/// Nouns of a rate or an amount: a noun phrase that is measured begins with one.
pub const RATE: Roles = Roles(1 << 35);
/// Nouns of rates and amounts that are as often part of another noun phrase.
pub const WEAK: Roles = Roles(1 << 36);
/// Rate nouns that are themselves a growth.
pub const GROWTH: Roles = Roles(1 << 37);
/// Rate nouns that are themselves a decline.
pub const SHRINKING: Roles = Roles(1 << 38);
/// Nouns of places and markets: alone they are measured by the noun of the clause before.
pub const PLACE: Roles = Roles(1 << 39);
/// Words that begin a phrase of time.
pub const TIME: Roles = Roles(1 << 40);
/// Words of magnitude and measure after a number.
pub const SCALE: Roles = Roles(1 << 41);
/// Words that only look like others in these lists.
pub const NONE: Roles = Roles(1 << 42);

/// Lists the signs and words of each part, each list sorted and parted by ` | `.
const WORDS: &[(Roles, &str)] = &[
    (COMMA, ","),
    (SEMICOLON, ";"),
    (COLON, ":"),
    (OPEN, "("),
    (CLOSE, ")"),
    (
        RISE,
        "cao hơn | cộng thêm | gia tăng | gấp ba | gấp rưỡi | gấp đôi | lên giá | lớn hơn | mức tăng | mức tăng trưởng | nhanh hơn | nhiều hơn | nhích \
         | nhích lên | nhích thêm | nâng | nâng thêm | trả thêm | tính thêm | tăng | tăng bình quân | tăng cao | tăng giá \
         | tăng khá | tăng liên tục | tăng lên | tăng mạnh | tăng nhanh | tăng nhẹ | tăng thêm | tăng trưởng | tăng tới \
         | tăng vọt | tăng đến | tăng đột biến | tốc độ tăng | tốc độ tăng trưởng | tỷ lệ tăng | tỷ lệ tăng trưởng | vọt \
         | đà tăng | đà tăng trưởng | đắt hơn | đắt thêm",
    ),
    (
        FALL,
        "bốc hơi | chậm hơn | cắt giảm | giảm | giảm bình quân | giảm bớt | giảm giá | giảm mạnh | giảm nhẹ | giảm sâu \
         | giảm thêm | giảm tới | giảm xuống | giảm đến | hao hụt | hạ | hạ thấp | kém hơn | lao dốc | mất giá | mức giảm \
         | mức sụt giảm | nhỏ hơn | rẻ hơn | rớt | suy giảm | sụt | sụt giảm | thiếu hụt | thu hẹp | thấp hơn | tiết kiệm \
         | tiết kiệm được | tăng trưởng âm | tốc độ giảm | tụt | tỷ lệ giảm | âm | ít hơn | đà giảm",
    ),
    (
        REACH,
        "chỉ đạt | giải ngân được | hoàn thành | mới đạt | thu được | thực hiện | thực hiện được | đạt | đạt mức | đạt tỉ lệ \
         | đạt tỷ lệ | đạt được | ước đạt",
    ),
    (
        IS,
        "= | biến động | bằng | cao nhất bằng | cao nhất là | chiếm mức | chạm | chạm mốc | chỉ còn | cán mốc | còn \
         | có thể lên tới | có thể lên đến | dao động | duy trì | duy trì ở mức | dừng ở mức | giữ ở mức | gần bằng | gồm \
         | khoảng từ | là | là khoảng | lần lượt | lần lượt là | nhiều nhất là | nằm trong khoảng | nằm ở mức | thành \
         | thấp nhất bằng | thấp nhất là | tương đương | tương đương với | tương ứng | tương ứng với | tối thiểu bằng \
         | tối thiểu là | tối đa bằng | tối đa là | tức | tức là | về mức | xoay quanh | ít nhất bằng | ít nhất là | được \
         | đứng | đứng ở mức | ổn định | ở mức | ở mức cao | ở mức thấp",
    ),
    (
        SHARE,
        "chiếm | chiếm giữ | chiếm lĩnh | chiếm phần lớn | chiếm tỉ lệ | chiếm tỉ trọng | chiếm tỷ lệ | chiếm tỷ lệ lớn \
         | chiếm tỷ trọng | chiếm tỷ trọng lớn | chiếm đa số",
    ),
    (
        EXCEED,
        "tăng so với dự toán | tăng so với kế hoạch | vượt | vượt chỉ tiêu | vượt dự toán | vượt kế hoạch | vượt mục tiêu \
         | đạt vượt",
    ),
    (HAVE, "bao gồm | chỉ có | có | có tới | có đến | ghi nhận | hiện có | không có | trong đó có | với | đang có | đã có"),
    (
        TO,
        "còn lại | giảm còn | lên | lên còn | lên mức | lên thành | lên tới | lên đến | nâng lên | nâng lên thành | trở về \
         | tới mức | về còn | xuống | xuống còn | xuống mức | xuống thành | xuống tới | xuống đến | đưa lên",
    ),
    (FROM, "từ | từ chỗ | từ con số | từ mức | từ tỷ lệ"),
    (UNTIL, "tính tới | tính đến | tới | đến | đến hết | đến mức"),
    (LEVEL, "con số | mốc | mức | mức cao | mức thấp | ngưỡng | quanh mức | tỉ lệ | tỉ trọng | tỷ lệ | tỷ trọng"),
    (
        AUX,
        "bất ngờ | bị | chính thức | chưa | chỉ | chỉ mới | chủ yếu | còn | có thể | cũng | cũng đã | cần | dự báo | dự kiến \
         | gần như | hiện | hiện nay | hiện đang | hầu như | không | liên tục | luôn | lại | lần lượt | lần lượt là | mà \
         | mới chỉ | mới chỉ có | nay | ngày càng | nhanh chóng | nhưng | nên | phải | rất | sẽ | thì | thường | thậm chí \
         | tiếp tục | tương ứng | tổng cộng | từng | vẫn | vẫn còn | vẫn đang | vừa | đang | đáng kể | đã | được | được giao \
         | đến nay | đều | đồng loạt | ước | ước thực hiện | ước tính",
    ),
    (
        ADVERB,
        "bình quân | bình quân là | cao | cao nhất | chung | chung là | cả | cả thảy | cụ thể | giá | hàng năm | hằng năm | khá \
         | lên | lần lượt | mạnh | mỗi năm | mới | nhanh | nhẹ | phổ biến | quyết định | ròng | sâu | thành | thêm | thấp nhất \
         | thực | toàn bộ | trung bình | trung bình là | tròn | tuyệt đối | tương ứng | tới | vào | về | vọt | điều chỉnh \
         | đúng | được | đầy đủ | đến | đều | đủ | ước",
    ),
    (
        ABOUT,
        "chừng | cỡ | gần | gần bằng | gần như | gần tới | khoảng | khoảng chừng | khoảng từ | là khoảng | ngót | ngót nghét \
         | quanh | quanh mức | suýt soát | sấp xỉ | trên dưới | tầm | vào khoảng | xoay quanh | xung quanh | xấp xỉ | ~ | độ \
         | ước chừng | ước khoảng | ≈",
    ),
    (
        OVER,
        "> | cao hơn mức | hơn | hơn mức | lớn hơn mức | nhỉnh hơn | quá | trên | trên mức | từ trên | vượt con số | vượt mức \
         | vượt ngưỡng | vượt qua | vượt quá | vượt trên",
    ),
    (
        UNDER,
        "< | chưa quá | chưa tới | chưa được | chưa đầy | chưa đến | dưới | dưới mức | dưới ngưỡng | không tới | không đầy \
         | không đến | nhỏ hơn mức | thấp hơn mức | tới dưới | đến dưới",
    ),
    (
        AT_LEAST,
        ">= | không dưới | không kém | không nhỏ hơn | không thấp hơn | không ít hơn | không được dưới | không được thấp hơn \
         | mức tối thiểu | nhỏ nhất | thấp nhất | thấp nhất bằng | thấp nhất cũng | thấp nhất là | tối thiểu | tối thiểu bằng \
         | tối thiểu là | tối thiểu từ | tối thiểu đạt | ít nhất | ít nhất bằng | ít nhất là | ít nhất từ | ít nhất đạt | ít ra \
         | ≥",
    ),
    (
        AT_MOST,
        "<= | cao nhất bằng | cao nhất không quá | cao nhất là | chưa quá | chưa vượt quá | không cao hơn | không hơn \
         | không lớn hơn | không nhiều hơn | không quá | không quá mức | không vượt | không vượt mức | không vượt quá \
         | không được cao hơn | không được quá | không được vượt quá | mức tối đa | mức tối đa là | nhiều nhất | nhiều nhất là \
         | trong phạm vi | tối đa | tối đa bằng | tối đa cho phép là | tối đa không quá | tối đa là | tối đa lên tới \
         | tối đa lên đến | tối đa tới | tối đa đến | ≤",
    ),
    (
        PLAN,
        "chương trình đề ra | chỉ giao | chỉ tiêu | dt | dự toán | hạn ngạch | kh | kế hoạch | kịch bản | mục tiêu | nghị quyết \
         | nhiệm vụ năm | nq | pháp lệnh | số giao | tổng kế hoạch | đơn đặt hàng | định mức",
    ),
    (
        TARGET,
        "chỉ tiêu | hướng tới | hướng đến | kế hoạch đến | kế hoạch đề ra | kỳ vọng đạt | mong muốn đạt | mục tiêu \
         | nhiệm vụ giải ngân | nhiệm vụ thu | nhằm đạt | phải đạt | phấn đấu | quyết tâm | tham vọng | yêu cầu đạt \
         | đặt kế hoạch | đặt ra | đề ra",
    ),
    (COMPARE, "cùng kì | cùng kỳ | nếu so với | so | so sánh với | so với | thay cho | thay vì"),
    (
        LEAD,
        "bên cạnh đó | bởi | cao nhất | cao nhất là | cho | chẳng hạn | chẳng hạn như | chủ yếu là | còn | còn lại | còn với \
         | cùng thời điểm | cùng với đó | cũng như | cụ thể | cụ thể là | do | do đó | dù | dự kiến | hiện | hiện nay | hoặc \
         | hầu hết | khi | kết quả | kết quả là | kể cả | lũy kế | lớn nhất là | mà | mặc dù | mặt khác | nay | ngay cả \
         | ngoài ra | ngược lại | nhiều nhất | nhiều nhất là | nhiều nhất là ở | nhìn chung | như | nhưng | nhất là | nhằm \
         | nhờ | nhờ vậy | nhờ đó | nên | nơi | nếu | qua đó | riêng | rồi | sau khi | sau đó | sau đó là | song \
         | song song với đó | thay vào đó | theo | theo đó | thấp nhất là | thế nhưng | thực tế | tiếp theo là | tiếp đến \
         | tiếp đến là | trong | trong khi | trong khi đó | trong khi đó là | trong số này | trong số đó | trong đó \
         | trong đó có | trước khi | trước đó | tuy | tuy nhiên | tuy vậy | tính chung | tính riêng | tương tự | tại | tại đây \
         | từ | từ đó | tỷ như | và | vì | vì thế | vì vậy | ví dụ | vậy | về | với | xét về | điển hình | điển hình như \
         | đáng chú ý | đáng chú ý là | đơn cử | đưa | đặc biệt | đặc biệt là | đến nay | để | đối với | đồng thời \
         | đứng đầu là | ước | ước tính | ở",
    ),
    (
        REPORT,
        "cho biết | cho rằng | cho thấy | cảnh báo | dẫn đến | giúp | giúp cho | giả sử | giả thiết | giả định | góp phần \
         | góp phần đưa | khiến | khẳng định | kéo theo | là do | làm cho | nhưng | nhận định | nêu rõ | nói | nơi | rằng \
         | theo đó | thừa nhận | tiết lộ | trong khi | trong khi đó | trong đó | tức là",
    ),
    (
        VERB,
        "bao gồm | bao phủ | bán | bù | bảo lãnh | bảo đảm | bổ sung | chi | chi trả | chuyển | chuyển nhượng | chấp nhận \
         | chịu | coi là | cung cấp | có | công bố | cấp | cắt giảm | duy trì | dành | dùng | dự báo | giao | giải quyết | giảm \
         | giữ | góp | gồm | hoàn | hoàn thành | huy động | hưởng | hạ | hỗ trợ | khai thác | khấu trừ | kiến nghị | kiểm tra \
         | kéo | làm | lấy | lập | miễn | mua | mất | mức | nhận | nhận mức | nhập khẩu | nâng | nắm | nắm giữ | nộp \
         | phát hiện | phân bổ | phạt | phải nộp | phấn đấu | phủ | quy định | rà soát | sở hữu | sử dụng | thanh toán | thoái \
         | thu | thu hút | thu hồi | thu về | thấy | thế chấp | thể hiện | thực hiện | tiêm | tiếp nhận | trích | trích nộp \
         | trả | tuyển | tính | tăng | tạm ứng | tạo ra | tặng | vay | vượt | vượt quá | với | xem là | xuất khẩu | xác định \
         | xử lý | yêu cầu | áp | áp dụng | áp mức | đang áp | điều chỉnh | đánh thuế | đáp ứng | đóng | đóng góp | đưa \
         | được giao | được hưởng | đạt | đạt được | đảm bảo | đầu tư | đẩy | đặt cọc | đề nghị | đề xuất | ấn định",
    ),
    (TENSE, "bị | chưa | chưa có | không được | sẽ | sẽ được | đang | đang có | đang được | đã | đã có | đã được | được | đều"),
    (
        PREPOSITION,
        "bằng | bởi | cho | cùng với | của | do | dưới | giữa | khi | khỏi | kể từ | liên quan | mà | ngoài | như | nhờ | nếu \
         | qua | ra | thay vì | theo | thuộc | trong | trên | tùy | tùy theo | tại | tới | từ | vào | vì | về | với | đến | để \
         | đối với | ở",
    ),
    (CONJUNCTION, "cùng | hay | hoặc | lẫn | và"),
    (
        RATE,
        "biên lợi nhuận | biên độ | chi phí | chiết khấu | chỉ số | chỉ số giá | chỉ số giá tiêu dùng | cpi | công suất \
         | cơ cấu | cường độ | diện tích | doanh số | doanh thu | dân số | dư nợ | gdp | giá | giá bán | giá dầu | giá thành | giá trị \
         | giá trị sản xuất | giá vàng | giá xăng | giá đất | giải ngân | grdp | hiệu suất | hàm lượng | hệ số | học phí | iip \
         | khối lượng | khối lượng giao dịch | kim ngạch | kim ngạch nhập khẩu | kim ngạch xuất khẩu | lãi | lãi suất \
         | lũy kế giải ngân | lưu lượng | lượng | lượng khách | lượt khách | lạm phát | lệ phí | lợi nhuận | mật độ | mức \
         | mức chiết khấu | mức giá | mức giảm | mức hưởng | mức hỗ trợ | mức lãi suất | mức lương | mức mất giá | mức phí | mức phạt \
         | mức sinh | mức thu | mức thuế | mức thuế suất | mức tiêu thụ | mức trần | mức tăng | mức tăng trưởng | mức đóng \
         | mức độ | nguồn cung | nguồn thu | nguồn vốn | nhu cầu | nhập khẩu | nhịp độ | nslđ | năng suất | năng suất lao động \
         | nồng độ | nợ công | nợ xấu | phí trước bạ | quy mô | sản lượng | số | số dư | số hộ | số lượng | số lượt | số người \
         | số thu | số thuế | số tiền | số vốn | số vụ | sức mua | thanh khoản | thu ngân sách | thu nhập | thuế | thuế gtgt \
         | thuế nhập khẩu | thuế suất | thuế tiêu thụ đặc biệt | thị phần | thời lượng | tiến độ | trị giá | trọng lượng \
         | tín dụng | tăng trưởng | tỉ lệ | tỉ suất | tỉ trọng | tốc độ | tốc độ giảm | tốc độ tăng | tốc độ tăng trưởng | tổng \
         | tổng chi | tổng diện tích | tổng doanh thu | tổng dư nợ | tổng giá trị | tổng kim ngạch | tổng lượng | tổng lượt \
         | tổng lợi nhuận | tổng mức | tổng nguồn vốn | tổng sản lượng | tổng sản phẩm | tổng số | tổng thu | tổng trị giá \
         | tổng tài sản | tổng vốn | tỷ lệ | tỷ lệ giảm | tỷ lệ tăng | tỷ lệ tăng trưởng | tỷ suất | tỷ trọng | vốn fdi \
         | vốn hóa | vốn đầu tư | xuất khẩu | xác suất | độ che phủ | độ chính xác",
    ),
    (
        WEAK,
        "chi phí | chiết khấu | công suất | cơ cấu | diện tích | dân số | gdp | giá | giá bán | giá trị | giải ngân | học phí \
         | khối lượng | lãi | lượng | mức | mức độ | nhu cầu | nhập khẩu | quy mô | số | số dư | thu nhập | thuế | thời lượng \
         | trị giá | trọng lượng | tín dụng | tăng trưởng | vốn đầu tư | xuất khẩu",
    ),
    (
        GROWTH,
        "mức tăng | mức tăng giá | mức tăng trưởng | tăng trưởng | tốc độ tăng | tốc độ tăng trưởng | tỷ lệ tăng \
         | tỷ lệ tăng trưởng | đà tăng | đà tăng trưởng",
    ),
    (SHRINKING, "mức giảm | mức mất giá | mức sụt giảm | tăng trưởng âm | tốc độ giảm | tỷ lệ giảm | đà giảm"),
    (
        PLACE,
        "các huyện | các khu vực | các nước | các tỉnh | các vùng | các địa phương | huyện | khu | khu vực | khối | miền | nhóm \
         | quận | thành phố | thị trường | thị xã | tp | tỉnh | vùng | xã | địa phương",
    ),
    (
        TIME,
        "cuối năm | cuối tháng | các năm | các quý | các tháng | cả năm | của năm | của quý | của tháng | giai đoạn | hiện nay \
         | hiện tại | hôm nay | hôm qua | kể từ | ngày | nhiệm kỳ | những ngày | những năm | những quý | những tháng | niên vụ \
         | năm | năm học | năm nay | năm ngoái | năm qua | năm trước | năm tới | nửa cuối năm | nửa đầu năm | phiên | quý \
         | theo giá cố định | theo giá hiện hành | theo giá so sánh | theo giá thực tế | tháng | tháng này | tháng trước \
         | thời gian qua | thời điểm | trong giai đoạn | trong kỳ | trong ngày | trong những năm | trong năm | trong phiên \
         | trong quý | trong tháng | trong thời gian | trong tuần | trong vòng | tuần | tính từ | tính đến | tính đến nay \
         | từ ngày | từ năm | từ tháng | từ đầu năm | vào cuối | vào ngày | vào năm | vào tháng | vào đầu | đầu năm | đầu tháng \
         | đến cuối | đến hết | đến nay | đến ngày | đến năm | đến tháng | đến thời điểm",
    ),
    (
        SCALE,
        "bình quân | bảng | chục | euro | ha | héc ta | kg | km | kwh | lít | lượng | lượt | m2 | m3 | mw | nghìn | nghìn tấn \
         | ngàn | nhân dân tệ | ounce | thùng | triệu | triệu tấn | triệu usd | triệu đồng | trăm | tạ | tấn | tỉ | tỉ usd \
         | tỉ đồng | tỷ | tỷ usd | tỷ đồng | usd | vnd | vnđ | vạn | won | yen | điểm | đô la | đô la mỹ | đơn vị | đồng",
    ),
    (
        NONE,
        "biển số | bán buôn | bán chạy | bán lẻ | bình quân đầu người | bằng chứng | bằng cách | bằng cấp | bằng hình thức \
         | bằng khen | bằng lái | bằng lòng | bằng nguồn | bằng tiền | bằng tiền mặt | bằng đại học | bị can | bị cáo | bị động | bồi thường \
         | chi bộ | chi cục | chi hội | chi nhánh | chi phí phát sinh | chi tiết | cho phép | cho thuê | cho vay \
         | cho vay tiêu dùng | chuẩn bị | chưa kể | chương trình mục tiêu | chương trình mục tiêu quốc gia | chất lượng | chỗ ở \
         | cân bằng | còn nhiều | có hiệu lực | có hiệu quả | có nghĩa | có nhu cầu | có thuế | có việc làm | có vốn \
         | có xu hướng | công bằng | cơ quan thuế | cả nước | cấp độ | cục thuế | doanh nghiệp xuất khẩu | dung lượng \
         | dành cho | dân tộc thiểu số | dưới hình thức | giao dịch | giao hàng | giao lưu | giao thông | giá cả | giá như \
         | giá rẻ | giá trị gia tăng | giảm nghèo | giảm thiểu | giảm trừ | giảm trừ gia cảnh | góp ý | gần nhất | gần đây \
         | hoàn cảnh | hoàn thiện | hoàn toàn | hoạt động xuất nhập khẩu | hàng không | hơn cả | hơn nữa | hơn thế | hạ long \
         | hạ tầng | hạ viện | khách hàng | khách sạn | không gian | không khí | không kể | không qua | không thuế \
         | không thuộc | kinh phí công đoàn | kể trên | là do | là vì | lên kế hoạch | lên án | lượng hóa | lần thứ | lập trình \
         | lực lượng | miễn phí | mã số | mạnh mẽ | mất mát | mất sức lao động | một số | mới nhất | mới nổi | mới sinh \
         | mới thành lập | mới đây | mức độ ảnh hưởng | ngoài nước | ngành thuế | người nộp thuế | nhiệt độ | nhà đất ở | nhà ở \
         | nhận thức | nhập siêu | nâng cao | nâng cấp | nêu trên | nói trên | nông thôn mới | năng lượng | qua đào tạo \
         | quan hệ giá | quá cảnh | quá hạn | quá khứ | quá trình | quản lý thuế | sai số | sông hồng | số hoá | số hóa \
         | số học sinh | số liệu | số thứ tự | số điện thoại | số đông | sử dụng lao động | sử dụng đất | tham gia đóng \
         | tham số | thiết bị | thiểu số | thu nhập khẩu | thuế quan | thành công | thành lập | thành phần | thành phẩm \
         | thành phố hồ chí minh | thành thị | thành tích | thành viên | thì thầm | thông qua | thương lượng | thế giới \
         | trang bị | trong nước | trong tổng | trong tổng số | trên cơ sở | trên cả nước | trên toàn | trên tổng \
         | trên tổng số | trên địa bàn | trả lời | tính chất | tính mạng | tính năng | tăng cường | tăng tốc | tỉ phú \
         | tốc độ cao | tổng biên tập | tổng bí thư | tổng công ty | tổng cục | tổng cục trưởng | tổng giám đốc | tổng hội \
         | tổng hợp | tổng kết | tổng liên đoàn | tổng lãnh sự | tổng thư ký | tổng thống | từ chối | từ thiện | từ từ | tỷ giá \
         | tỷ phú | tỷ đô | vượt khó | vượt trội | vật giá | về đích | xuất nhập khẩu | xuất siêu | xuống cấp | xuống giống \
         | âm lịch | âm nhạc | âm thanh | đa số | đang hoạt động | đánh giá | đóng góp ý kiến | được đào tạo | đạt chuẩn \
         | đất ở | đấu giá | đầu tư công | đầu tư nước ngoài | đầu tư phát triển | đầu tư xây dựng | đề ra | định giá \
         | đồng bằng | độ tuổi | ẩn số",
    ),
];

/// Marks one word or sign of a sentence that plays a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the body.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The parts it may play.
    pub roles: Roles,
}

impl Token {
    /// Says whether the token may play any of some parts.
    pub const fn is(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

struct Lexicon {
    automaton: AhoCorasick,
    roles: Vec<Roles>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(&str, Roles)> = WORDS.iter().flat_map(|&(role, list)| list.split(" | ").map(move |word| (word, role))).collect();
    words.extend([" - ", " – ", " — "].map(|dash| (dash, DASH)));
    words.sort_by_key(|&(word, _)| word);
    let mut merged: Vec<(&str, Roles)> = Vec::with_capacity(words.len());
    for (word, role) in words {
        match merged.last_mut() {
            Some((known, roles)) if *known == word => *roles = roles.or(role),
            _ => merged.push((word, role)),
        }
    }
    let spelled: Vec<(String, Roles)> =
        merged.into_iter().flat_map(|(word, roles)| spellings(word).into_iter().map(move |spelling| (spelling, roles))).collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(spelled.iter().map(|(word, _)| word));
    match automaton {
        Ok(automaton) => Lexicon { automaton, roles: spelled.into_iter().map(|(_, roles)| roles).collect() },
        Err(error) => unreachable!("words around figures: {error}"),
    }
});

/// Appends the words, signs and numbers of a part of a text that play any part, in order.
pub fn tag(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    let mut numbers_from = range.start;
    while let Some(found) = LEXICON.automaton.find(Input::new(text).range(at..range.end)) {
        let Some(found) = standing(text, found) else {
            at = found.end();
            continue;
        };
        numbers(text, numbers_from..found.start(), tokens);
        // A comma or a unit may belong to the number that was just read.
        let inside = tokens.last().filter(|last| found.start() < last.end);
        at = inside.map_or(found.end(), |last| last.end);
        numbers_from = at;
        let roles = LEXICON.roles[found.pattern().as_usize()];
        if inside.is_none() && !(roles.any(DASH) && joins_numbers(text, &found)) {
            tokens.push(Token { start: found.start(), end: found.end(), roles });
        }
        if at >= range.end {
            return;
        }
    }
    numbers(text, numbers_from..range.end, tokens);
}

/// Says whether a dash stands between two numbers: `giai đoạn 2021 – 2025` is one span, not two parts of a sentence.
fn joins_numbers(text: &str, dash: &Match) -> bool {
    let bytes = text.as_bytes();
    text[..dash.start()].ends_with(|c: char| c.is_ascii_digit()) && bytes.get(dash.end()).is_some_and(u8::is_ascii_digit)
}

/// Returns a match that is a whole word or sign: the one found, or a shorter one that starts there (`là` of `là do|anh nghiệp`).
fn standing(text: &str, found: Match) -> Option<Match> {
    let mut found = found;
    while !whole(text, found.start(), found.end()) {
        let blank = found.start() + text[found.range()].trim_end().rfind(' ')?;
        found = LEXICON.automaton.find(Input::new(text).range(found.start()..blank)).filter(|shorter| shorter.start() == found.start())?;
    }
    Some(found)
}

/// Appends the numbers of a part of a text, those with a percent sign as figures.
fn numbers(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while let Some(start) = bytes[at..range.end].iter().position(u8::is_ascii_digit).map(|skip| at + skip) {
        at = start;
        // A number may hold marks that are words elsewhere: `0,34`, `1.240/1.591`.
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || (matches!(bytes[at], b'.' | b',' | b'/') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let rest = &text[at..];
        let unit = rest.trim_start_matches(' ');
        let unit = unit.strip_prefix("điểm").map_or(unit, |unit| unit.trim_start_matches(' '));
        let sign = ["%", "‰", "phần trăm", "phần nghìn"].iter().find_map(|sign| unit.strip_prefix(sign));
        match sign {
            Some(after) => {
                at = text.len() - after.len();
                let yearly = ["/năm", "/ năm", "/tháng", "/ngày"].iter().find_map(|every| after.strip_prefix(every));
                at = yearly.map_or(at, |after| text.len() - after.len());
                tokens.push(Token { start, end: at, roles: FIGURE });
            }
            None => tokens.push(Token { start, end: at, roles: NUMBER }),
        }
        if at >= range.end {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for (_, list) in WORDS {
            assert!(list.split(" | ").is_sorted(), "{list}");
        }
    }

    #[test]
    fn words_are_whole_and_numbers_keep_their_marks() {
        let text = "Doanh thu là doanh số, đạt 1.240,5 tỷ; tăng 0,5 %/năm";
        let mut tokens = Vec::new();
        tag(text, 0..text.len(), &mut tokens);
        let words: Vec<_> = tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(words, ["Doanh thu", "là", "doanh số", ",", "đạt", "1.240,5", "tỷ", ";", "tăng", "0,5 %/năm"]);
        assert!(tokens.last().is_some_and(|token| token.is(FIGURE)));
    }
}
