//! Signs, verbs and light words around a figure, by the part they play.
//!
//! Every list is sorted and parted by ` | `.

use super::tags::*;

/// Lists the signs, verbs and light words of each part.
pub const VERBS: &[(Roles, &str)] = &[
    (COMMA, ","),
    (SEMICOLON, ";"),
    (COLON, ":"),
    (OPEN, "("),
    (CLOSE, ")"),
    (
        RISE,
        "cao hơn | cộng thêm | gia tăng | gấp ba | gấp rưỡi | gấp đôi | lên giá | lớn hơn | mức tăng \
         | mức tăng trưởng | nhanh hơn | nhiều hơn | nhích | nhích lên | nhích thêm | nâng | nâng thêm | trả thêm \
         | tính thêm | tăng | tăng bình quân | tăng cao | tăng giá | tăng khá | tăng liên tục | tăng lên | tăng mạnh \
         | tăng nhanh | tăng nhẹ | tăng thêm | tăng trưởng | tăng tới | tăng vọt | tăng đến | tăng đột biến \
         | tốc độ tăng | tốc độ tăng trưởng | tỷ lệ tăng | tỷ lệ tăng trưởng | vọt | đi lên | đà tăng \
         | đà tăng trưởng | đắt hơn | đắt thêm",
    ),
    (
        FALL,
        "bốc hơi | chậm hơn | cắt giảm | giảm | giảm bình quân | giảm bớt | giảm giá | giảm mạnh | giảm nhẹ | giảm sâu \
         | giảm thêm | giảm tới | giảm xuống | giảm đến | hao hụt | hạ | hạ thấp | kém hơn | lao dốc | mất giá | mức giảm \
         | mức sụt giảm | nhỏ hơn | rẻ hơn | rớt | suy giảm | sụt | sụt giảm | thiếu hụt | thu hẹp | thấp hơn | tiết kiệm \
         | tiết kiệm được | tăng trưởng âm | tốc độ giảm | tụt | tỷ lệ giảm | âm | ít hơn | đi xuống | đà giảm",
    ),
    (
        REACH,
        "chỉ đạt | giải ngân được | hoàn thành | mới đạt | thu được | thực hiện | thực hiện được | đạt | đạt mức \
         | đạt được | ước đạt",
    ),
    (
        IS,
        "= | biến động | bằng | cao nhất bằng | cao nhất là | chiếm mức | chạm | chạm mốc | chỉ còn \
         | chỉ đáp ứng được | cán mốc | còn | có thể lên tới | có thể lên đến | dao động | duy trì | duy trì ở mức \
         | dừng ở mức | giữ ở mức | gấp | gấp hơn | gần bằng | gồm | khoảng từ | là | là khoảng | lần lượt \
         | lần lượt là | mới đáp ứng được | nhiều nhất là | nằm trong khoảng | nằm ở mức | thành | thấp nhất bằng \
         | thấp nhất là | tương đương | tương đương với | tương ứng | tương ứng với | tối thiểu bằng | tối thiểu là \
         | tối đa bằng | tối đa là | tức | tức là | về mức | xoay quanh | ít nhất bằng | ít nhất là | đáp ứng được \
         | đóng góp | được | đứng | đứng ở mức | ổn định | ở mức | ở mức cao | ở mức thấp",
    ),
    (
        SHARE,
        "chiếm | chiếm giữ | chiếm lĩnh | chiếm phần lớn | chiếm tỉ lệ | chiếm tỉ lệ cao | chiếm tỉ lệ cao nhất \
         | chiếm tỉ lệ lớn | chiếm tỉ lệ lớn nhất | chiếm tỉ lệ thấp | chiếm tỉ lệ thấp nhất | chiếm tỉ trọng \
         | chiếm tỷ lệ | chiếm tỷ lệ cao | chiếm tỷ lệ cao nhất | chiếm tỷ lệ lớn | chiếm tỷ lệ lớn nhất \
         | chiếm tỷ lệ thấp | chiếm tỷ lệ thấp nhất | chiếm tỷ trọng | chiếm tỷ trọng cao | chiếm tỷ trọng cao nhất \
         | chiếm tỷ trọng lớn | chiếm tỷ trọng lớn nhất | chiếm tỷ trọng thấp | chiếm tỷ trọng thấp nhất \
         | chiếm đa số",
    ),
    (
        EXCEED,
        "tăng so với dự toán | tăng so với kế hoạch | vượt | vượt chỉ tiêu | vượt dự toán | vượt kế hoạch | vượt mục tiêu \
         | đạt vượt",
    ),
    (
        HAVE,
        "bao gồm | chỉ có | có | có tới | có đến | ghi nhận | hiện có | không có | trong đó có | với | đang có | đã có",
    ),
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
        "bất ngờ | bị | chính thức | chưa | chỉ | chỉ mới | chốt | chốt phiên | chủ yếu | còn | có thể | cũng | cũng đã \
         | cần | cứ | dự báo | dự kiến | gần như | hiện | hiện nay | hiện đang | hầu như | không | kết phiên | liên tục \
         | luôn | lại | lần lượt | lần lượt là | mà | mới chỉ | mới chỉ có | nay | ngày càng | nhanh chóng | nhưng | nên \
         | phải | rất | sẽ | thì | thường | thậm chí | tiếp tục | tương ứng | tổng cộng | từng | vẫn | vẫn còn | vẫn đang \
         | vừa | đang | đáng kể | đã | đóng cửa | đóng phiên | được | được giao | đảo chiều | đến nay | đều | đồng loạt \
         | ước | ước thực hiện | ước tính",
    ),
    (
        ADVERB,
        "bình quân | bình quân là | cao | cao nhất | cao nhất phổ biến | chung | chung là | cả | cả thảy | cụ thể | giá | hàng năm | hằng năm | khá \
         | lên | lần lượt | mạnh | mỗi năm | mới | nhanh | nhẹ | phổ biến | quyết định | ròng | sâu | thành | thêm | thấp nhất \
         | thấp nhất phổ biến | thực | toàn bộ | trung bình | trung bình là | tròn | tuyệt đối | tương ứng | tới | vào | về | vọt | điều chỉnh \
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
        ">= | chưa khi nào thấp hơn | không bao giờ thấp hơn | không dưới | không khi nào thấp hơn | không kém \
         | không nhỏ hơn | không thấp hơn | không ít hơn | không được dưới | không được thấp hơn | mức tối thiểu \
         | nhỏ nhất | thấp nhất | thấp nhất bằng | thấp nhất cũng | thấp nhất là | tối thiểu | tối thiểu bằng \
         | tối thiểu là | tối thiểu từ | tối thiểu đạt | ít nhất | ít nhất bằng | ít nhất là | ít nhất từ | ít nhất đạt \
         | ít ra | ≥",
    ),
    (
        AT_MOST,
        "<= | cao nhất bằng | cao nhất không quá | cao nhất là | chưa quá | chưa vượt quá | không cao hơn | không hơn \
         | không lớn hơn | không nhiều hơn | không nên quá | không nên vượt quá | không quá | không quá mức | không vượt \
         | không vượt mức | không vượt quá | không được cao hơn | không được phép vượt quá | không được quá \
         | không được vượt quá | mức tối đa | mức tối đa là | nhiều nhất | nhiều nhất là | trong phạm vi | tối đa \
         | tối đa bằng | tối đa cho phép là | tối đa không quá | tối đa là | tối đa lên tới | tối đa lên đến | tối đa tới \
         | tối đa đến | ≤",
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
        "bên cạnh | bên cạnh đó | bởi | cao nhất | cao nhất là | cho | chẳng hạn | chẳng hạn như | chủ yếu là | còn \
         | còn lại | còn với | cùng thời điểm | cùng với đó | cũng như | cụ thể | cụ thể là | do | do đó | dù \
         | dự kiến | hiện | hiện nay | hoặc | hầu hết | khi | kết quả | kết quả là | kể cả | lũy kế | lớn nhất là \
         | mà | mặc dù | mặt khác | nay | ngay cả | ngoài | ngoài ra | ngược lại | nhiều nhất | nhiều nhất là \
         | nhiều nhất là ở | nhìn chung | như | nhưng | nhất là | nhằm | nhờ | nhờ vậy | nhờ đó | nên | nơi | nếu \
         | qua đó | riêng | rồi | sau khi | sau đó | sau đó là | song | song song với đó | thay vào đó | theo \
         | theo đó | thấp nhất là | thế nhưng | thực tế | tiếp theo là | tiếp đến | tiếp đến là | trong | trong khi \
         | trong khi đó | trong khi đó là | trong số này | trong số đó | trong đó | trong đó có | trước khi \
         | trước đó | tuy | tuy nhiên | tuy vậy | tính chung | tính riêng | tương tự | tại | tại sao | tại đây | từ \
         | từ đó | tỷ như | và | vì | vì sao | vì thế | vì vậy | ví dụ | vậy | về | với | xét về \
         | điều đáng chú ý là | điều đáng ghi nhận là | điều đáng lo là | điều đáng mừng là | điều đáng nói là \
         | điển hình | điển hình như | đáng chú ý | đáng chú ý là | đáng ghi nhận là | đáng lo là | đáng mừng là \
         | đáng nói là | đơn cử | đưa | đặc biệt | đặc biệt là | đến nay | để | đối với | đồng thời | đứng đầu là \
         | ước | ước tính | ở",
    ),
    (
        REPORT,
        "chia sẻ | cho biết | cho biết thêm | cho hay | cho rằng | cho thấy | cảnh báo | dẫn chứng | dẫn đến | dự đoán \
         | giúp | giúp cho | giả sử | giả thiết | giả định | góp phần | góp phần đưa | khiến | khẳng định | kéo theo \
         | là do | làm cho | lập luận | nhưng | nhấn mạnh | nhận xét | nhận định | nêu rõ | nói | nói rằng | nơi \
         | phân tích | rằng | theo đó | thừa nhận | tin rằng | tiết lộ | trong khi | trong khi đó | trong đó | trên cơ sở \
         | tức là | đánh giá rằng",
    ),
    (
        VERB,
        "bao gồm | bao phủ | bán | bù | bảo lãnh | bảo đảm | bổ sung | chi | chi trả | chuyển | chuyển nhượng | chấp nhận \
         | chịu | coi là | cung cấp | có | công bố | cấp | cắt giảm | duy trì | dành | dùng | dự báo | giao | giải quyết \
         | giảm | giữ | góp | gồm | hoàn | hoàn thành | huy động | hưởng | hạ | hỗ trợ | khai thác | khấu trừ | kiến nghị \
         | kiểm tra | kéo | làm | lấy | lập | miễn | mua | mất | mức | nhận | nhận mức | nhập khẩu | nâng | nắm | nắm giữ \
         | nộp | phát hiện | phân bổ | phù hợp | phạt | phải nộp | phấn đấu | phụ thuộc | phủ | quy định | rà soát \
         | sở hữu | sử dụng | thanh toán | thoái | thu | thu hút | thu hồi | thu về | thấy | thế chấp | thể hiện \
         | thực hiện | tiêm | tiếp nhận | trích | trích nộp | trả | tuyển | tính | tăng | tạm ứng | tạo ra | tặng | vay \
         | vượt | vượt quá | với | xem là | xuất khẩu | xác định | xử lý | yêu cầu | áp | áp dụng | áp mức | đang áp \
         | điều chỉnh | đánh thuế | đáp ứng | đóng | đưa | được giao | được hưởng | đạt | đạt được | đảm bảo | đầu tư \
         | đẩy | đặt cọc | đề nghị | đề xuất | ấn định",
    ),
    (
        TENSE,
        "bị | chưa | chưa có | không được | sẽ | sẽ được | đang | đang có | đang được | đã | đã có | đã được | được | đều",
    ),
    (
        PREPOSITION,
        "bằng | bởi | cho | cùng với | của | do | dưới | giữa | khi | khỏi | kể từ | liên quan | mà | ngoài | như | nhờ | nếu \
         | qua | ra | thay vì | theo | thuộc | trong | trên | tùy | tùy theo | tại | tới | từ | vào | vì | về | với | đến | để \
         | đối với | ở",
    ),
    (CONJUNCTION, "cùng | hay | hoặc | lẫn | và"),
];
