//! Nouns around a figure, and what only looks like a word of the other lists.
//!
//! Every list is sorted and parted by ` | `.

use super::tags::*;

/// Lists the nouns of each part.
pub const NOUNS: &[(Roles, &str)] = &[
    (
        RATE,
        "biên lợi nhuận | biên độ | bội chi | chi ngân sách | chi phí | chi thường xuyên | chi tiêu | chi đầu tư \
         | chiết khấu | chênh lệch | chỉ số | chỉ số giá | chỉ số giá tiêu dùng | cpi | công suất | cơ cấu | cường độ \
         | cổ tức | diện tích | doanh số | doanh thu | dân số | dư nợ | gdp | giá | giá bán | giá dầu | giá thành \
         | giá trị | giá trị sản xuất | giá vàng | giá xăng | giá đất | giải ngân | grdp | hiệu quả | hiệu suất \
         | hàm lượng | hệ số | học phí | iip | khối lượng | khối lượng giao dịch | kim ngạch | kim ngạch nhập khẩu \
         | kim ngạch xuất khẩu | lãi | lãi suất | lũy kế giải ngân | lưu lượng | lương | lượng | lượng khách | lượt khách \
         | lạm phát | lệ phí | lợi nhuận | mật độ | mức | mức chiết khấu | mức giá | mức giảm | mức hưởng | mức hỗ trợ \
         | mức lãi suất | mức lương | mức mất giá | mức phí | mức phạt | mức sinh | mức thu | mức thuế | mức thuế suất \
         | mức thâm hụt | mức tiêu thụ | mức trần | mức tăng | mức tăng trưởng | mức đóng | mức độ | nguồn cung \
         | nguồn thu | nguồn vốn | nhu cầu | nhập khẩu | nhịp độ | nslđ | năng suất | năng suất lao động | nồng độ \
         | nợ công | nợ xấu | phí trước bạ | phụ cấp | quy mô | sản lượng | số | số dư | số hộ | số lượng | số lượt \
         | số người | số thu | số thuế | số tiền | số vốn | số vụ | sức mua | thanh khoản | thu NSNN | thu cân đối | thu hút đầu tư \
         | thu ngân sách | thu nhập | thu nội địa | thu thuế | thu tiền sử dụng đất | thu từ \
         | thu xuất nhập khẩu | thuế | thuế gtgt | thuế nhập khẩu | thuế suất | thuế tiêu thụ đặc biệt | thâm hụt \
         | thị phần | thời lượng | tiến độ | tiền công | tiền lương | trị giá | trọng lượng | tín dụng | tăng trưởng \
         | tỉ lệ | tỉ suất | tỉ trọng | tốc độ | tốc độ giảm | tốc độ tăng | tốc độ tăng trưởng | tồn kho | tổng \
         | tổng chi | tổng diện tích | tổng doanh thu | tổng dư nợ | tổng giá trị | tổng kim ngạch | tổng lượng \
         | tổng lượt | tổng lợi nhuận | tổng mức | tổng nguồn vốn | tổng sản lượng | tổng sản phẩm | tổng số | tổng thu \
         | tổng trị giá | tổng tài sản | tổng vốn | tỷ lệ | tỷ lệ giảm | tỷ lệ tăng | tỷ lệ tăng trưởng | tỷ suất \
         | tỷ trọng | vốn FDI | vốn hóa | vốn đầu tư | xuất khẩu | xác suất | độ che phủ | độ chính xác | độ mặn | độ ẩm",
    ),
    (
        WEAK,
        "bội chi | chi ngân sách | chi phí | chi thường xuyên | chi tiêu | chi đầu tư | chiết khấu | chênh lệch \
         | công suất | cơ cấu | diện tích | dân số | gdp | giá | giá bán | giá trị | giải ngân | hiệu quả | học phí \
         | khối lượng | lãi | lương | lượng | mức | mức độ | nhu cầu | nhập khẩu | phụ cấp | quy mô | số | số dư \
         | thu NSNN | thu cân đối | thu hút đầu tư | thu nhập | thu nội địa | thu thuế | thu tiền sử dụng đất | thu từ \
         | thu xuất nhập khẩu | thuế | thâm hụt | thời lượng | tiền công | tiền lương | trị giá | trọng lượng | tín dụng \
         | tăng trưởng | tồn kho | vốn đầu tư | xuất khẩu",
    ),
    (
        GROWTH,
        "mức tăng | mức tăng giá | mức tăng trưởng | tăng trưởng | tốc độ tăng | tốc độ tăng trưởng | tỷ lệ tăng \
         | tỷ lệ tăng trưởng | đà tăng | đà tăng trưởng",
    ),
    (SHRINKING, "mức giảm | mức mất giá | mức sụt giảm | tăng trưởng âm | tốc độ giảm | tỷ lệ giảm | đà giảm"),
    (
        PLACE,
        "Cần Thơ | buôn | bản | các huyện | các khu vực | các nước | các tỉnh | các vùng | các địa phương | huyện \
         | huyện, thành phố | huyện, thị xã | huyện, thị xã, thành phố | khu | khu vực | khối | miền | nhóm | phường \
         | phường, xã | quận | thành phố | thôn | thôn, buôn | thôn, bản | thôn, tổ dân phố | thôn, xóm | thị trường \
         | thị trấn | thị xã | tp | tỉnh | tỉnh, thành | tỉnh, thành phố | vùng | xã | xã, phường \
         | xã, phường, thị trấn | xã, thị trấn | địa phương | Ấn Độ | ấp",
    ),
    (
        TIME,
        "cuối năm | cuối tháng | các năm | các năm tiếp theo | các quý | các tháng | cả năm | của năm | của quý \
         | của tháng | dịp cuối năm | dịp lễ | dịp tết | giai đoạn | hiện nay | hiện tại | hôm nay | hôm qua | hồi \
         | kể từ | ngày | nhiệm kỳ | những ngày | những năm | những năm tiếp theo | những quý | những tháng | niên vụ \
         | năm | năm học | năm nay | năm ngoái | năm qua | năm tiếp theo | năm trước | năm tới | nửa cuối năm \
         | nửa đầu năm | phiên | quý | theo giá cố định | theo giá hiện hành | theo giá so sánh | theo giá thực tế \
         | tháng | tháng này | tháng trước | thời gian qua | thời điểm | trong giai đoạn | trong kỳ | trong ngày \
         | trong những năm | trong năm | trong phiên | trong quý | trong tháng | trong thời gian | trong tuần \
         | trong vòng | tuần | tính từ | tính đến | tính đến nay | từ ngày | từ năm | từ tháng | từ đầu năm \
         | vào cuối | vào ngày | vào năm | vào tháng | vào đầu | đầu năm | đầu tháng | đến cuối | đến hết | đến nay \
         | đến ngày | đến năm | đến tháng | đến thời điểm",
    ),
    (
        SCALE,
        "bình quân | bảng | chiếc | chục | con | cái | căn | euro | ha | héc ta | kg | km | kwh | liều | lít | lượng \
         | lượt | lượt khách | m2 | m3 | mw | nghìn | nghìn tấn | ngàn | nhân dân tệ | ounce | thùng | triệu | triệu tấn \
         | triệu usd | triệu đồng | trăm | tạ | tấn | tỉ | tỉ usd | tỉ đồng | tỷ | tỷ usd | tỷ đồng | usd | vnd | vnđ \
         | vạn | won | yen | điểm | đô la | đô la mỹ | đơn vị | đồng",
    ),
    (
        NONE,
        "Cao Bằng | biển số | bàn giao mặt bằng | bán buôn | bán chạy | bán lẻ | bán phá giá | bán ra | bán trú \
         | bê, nghé | bình quân đầu người | bình thường | bằng chứng | bằng cách | bằng cấp | bằng hình thức \
         | bằng khen | bằng lái | bằng lòng | bằng nguồn | bằng tiền | bằng tiền mặt | bằng đại học | bị can | bị cáo \
         | bị hại | bị thương | bị động | bồi thường | bồi thường, giải phóng mặt bằng | cao cấp | chi bộ | chi cục \
         | chi hội | chi nhánh | chi phí phát sinh | chi tiết | cho phép | cho thuê | cho vay | cho vay tiêu dùng \
         | chuyên gia | chuẩn bị | chính phủ | chưa kể | chưa thành niên | chương trình mục tiêu \
         | chương trình mục tiêu quốc gia | chất lượng | chế biến, chế tạo | chế độ | chỉ định | chống trợ giá \
         | chỗ ở | chứng chỉ | chứng nhận | các cấp | cán bộ, chiến sĩ | cán bộ, công chức \
         | cán bộ, công chức, viên chức | cán bộ, giáo viên | cán bộ, hội viên | cán bộ, nhân viên \
         | cán bộ, đảng viên | cân bằng | còn nhiều | có hiệu lực | có hiệu quả | có liên quan | có mặt | có nghĩa \
         | có nhu cầu | có thuế | có việc làm | có vốn | có xu hướng | có động cơ | công bằng | công chức, viên chức \
         | công lập | công nghiệp hỗ trợ | cơ hội | cơ quan thuế | cơ quan, tổ chức | cơ quan, đơn vị | cả nước \
         | cấp bách | cấp cơ sở | cấp huyện | cấp nước | cấp phép | cấp thiết | cấp trên | cấp tỉnh | cấp xã | cấp độ \
         | cấp ủy | cục thuế | doanh nghiệp xuất khẩu | doanh nghiệp, hộ kinh doanh | doanh nghiệp, hợp tác xã \
         | dung lượng | dành cho | dân lập | dân tộc thiểu số | dương tính | dưới góc độ | dưới hình thức \
         | gia súc, gia cầm | giao dịch | giao hàng | giao lưu | giao thông | giá cả | giá như | giá rẻ \
         | giá trị gia tăng | giá đỡ | giáo viên, học sinh | giải phóng mặt bằng | giảm nghèo | giảm thiểu | giảm trừ \
         | giảm trừ gia cảnh | gà, vịt | gây ra | góp ý | gần nhất | gần đây | gửi tiết kiệm | hoàn cảnh | hoàn thiện \
         | hoàn thành tốt nhiệm vụ | hoàn thành xuất sắc nhiệm vụ | hoàn toàn | hoàn tất | hoạt động xuất nhập khẩu \
         | hàng hóa, dịch vụ | hàng không | hè thu | hơn cả | hơn nữa | hơn thế | hưởng lương | hưởng lương hưu \
         | hạ long | hạ tầng | hạ viện | học lực khá | học lực trung bình | học sinh khá | học sinh trung bình \
         | học sinh, sinh viên | khá giỏi | khá, giỏi | khách hàng | khách sạn | khám bệnh, chữa bệnh \
         | khám, chữa bệnh | không gian | không khí | không kể | không qua | không thuế | không thuộc \
         | kinh phí công đoàn | kể trên | loại khá | loại trung bình | là do | là vì | làm nghề | làm việc \
         | lên kế hoạch | lên lớp | lên án | lúa, ngô | lý do | lương hưu | lượng hóa | lần thứ | lập trình | lợn, gà \
         | lực lượng | miễn phí | mua vào | máy móc, thiết bị | mã số | mãn tính | mạnh mẽ | mất mát \
         | mất sức lao động | mặt bằng | một số | mới nhất | mới nổi | mới sinh | mới thành lập | mới đây \
         | mức độ ảnh hưởng | ngoài công lập | ngoài nhà nước | ngoài nước | ngoài quốc doanh | ngoại thành \
         | ngành thuế | ngành, lĩnh vực | ngành, nghề | người chưa thành niên | người dân, doanh nghiệp \
         | người nộp thuế | nhiệt độ | nhà đất ở | nhà đầu tư | nhà ở | nhận thức | nhập siêu | nhỏ và vừa | nâng cao \
         | nâng cấp | nêu trên | nói trên | nông nghiệp, nông thôn | nông thôn mới | nông, lâm | nông, lâm, ngư \
         | năng lượng | nước ngoài | nội thành | phá giá | phí, lệ phí | qua đào tạo | quan hệ giá | quá cảnh \
         | quá hạn | quá khứ | quá trình | quản lý thuế | quốc gia | sai số | sông hồng | sơ cấp \
         | sản xuất, kinh doanh | số hoá | số hóa | số học sinh | số liệu | số thứ tự | số điện thoại | số đông \
         | sống bằng nghề | sử dụng lao động | sử dụng đất | tham gia | tham gia đóng | tham số | thiết bị | thiểu số \
         | thu hoạch | thu nhập khẩu | thu đông | thuế quan | thành công | thành lập | thành phần | thành phẩm \
         | thành phố hồ chí minh | thành thị | thành tích | thành viên | thì thầm | thông qua | thông thường \
         | thương lượng | thường niên | thường trú | thường xuyên | thế giới | tiêm chủng đầy đủ | tiêm đầy đủ \
         | trang bị | trong nước | trong tổng | trong tổng số | trung cấp | trâu, bò | trên cơ sở | trên cả nước \
         | trên toàn | trên tổng | trên tổng số | trên địa bàn | trình độ | trưởng thành | trả kết quả | trả lời \
         | trồng mới | trở lên | trở xuống | trợ giá | tán thành | tính chất | tính mạng | tính năng | tăng cường \
         | tăng tốc | tỉ phú | tốc độ cao | tổ chức, cá nhân | tổ chức, doanh nghiệp | tổng biên tập | tổng bí thư \
         | tổng công ty | tổng cục | tổng cục trưởng | tổng giám đốc | tổng hội | tổng hợp | tổng kết \
         | tổng liên đoàn | tổng lãnh sự | tổng thư ký | tổng thống | từ chối | từ thiện | từ từ | tự do | tỷ giá \
         | tỷ phú | tỷ đô | việc làm | văn bằng | vượt khó | vượt trội | vật giá | về đích | vị thành niên \
         | xuất nhập khẩu | xuất siêu | xuống cấp | xuống giống | xác nhận | xây mới | xảy ra | yếu, kém | âm lịch \
         | âm nhạc | âm thanh | âm tính | đa số | đang hoạt động | đào tạo | đánh giá | đóng góp ý kiến | đường bộ \
         | được đào tạo | đạt chuẩn | đảng viên, quần chúng | đất ở | đấu giá | đầu ra | đầu tư công \
         | đầu tư nước ngoài | đầu tư phát triển | đầu tư xây dựng | đầu vào | đặc biệt nghiêm trọng | đề ra | đền bù \
         | định giá | đồng bằng | độ tuổi | độc lập | ảnh hưởng | ẩn số",
    ),
];
