//! Rules that are one figure: a deadline, a floor or a cap with its unit.

use super::{rule_structs, words_of_rules};

words_of_rules! {
    /// What a figure is about.
    LimitOf {
        NoticeRecruitment = "notice-recruitment", "拟录用公示", "public notice of proposed hires";
        NoticeRank = "notice-rank", "职级晋升公示", "public notice of a promotion in rank";
        NoticeAppointment = "notice-appointment", "任前公示", "notice before appointment";
        GradingAfterProbation = "grading-after-probation", "试用期满定级时限", "grading after probation";
        TrialPeriod = "trial-period", "领导职务试用期", "trial period in a leadership post";
        RecommendationValid = "recommendation-valid", "民主推荐结果有效期", "a recommendation stays valid";
        SanctionTotal = "sanction-total", "处分期合并上限", "several sanctions together";
        AbsenceRunning = "absence-running", "连续旷工辞退天数", "absence running that ends in dismissal";
        AbsenceYear = "absence-year", "一年累计旷工辞退天数", "absence in a year that ends in dismissal";
        NewLeaderTraining = "new-leader-training", "新任领导任职培训时限", "training of a new leader";
        ResignationAnswer = "resignation-answer", "辞职申请审批时限", "answer to a resignation";
        ResignationAnswerLeaders = "resignation-answer-leaders", "领导成员辞职审批时限", "answer to a leader's resignation";
        EarlyRetirementYears = "early-retirement-years", "提前退休工作年限", "years of work for early retirement";
        EarlyRetirementNearAge = "early-retirement-near-age", "提前退休距退休年龄", "early retirement: years before the age";
        EarlyRetirementNearYears = "early-retirement-near-years", "提前退休（近龄）工作年限", "early retirement near the age: years of work";
        AfterLeavingLeaders = "after-leaving-leaders", "离职后从业限制（领导）", "related-business bar after leaving, leaders";
        AfterLeaving = "after-leaving", "离职后从业限制", "related-business bar after leaving";
        ReviewRequest = "review-request", "申请复核期限", "request for review";
        ReviewAnswer = "review-answer", "复核决定期限", "answer to a request for review";
        AppealAfterReview = "appeal-after-review", "复核后申诉期限", "appeal after review";
        AppealDirect = "appeal-direct", "直接申诉期限", "appeal without review";
        AppealDecision = "appeal-decision", "申诉处理期限", "decision on an appeal";
        AppealExtension = "appeal-extension", "申诉处理延长", "extension for a complex appeal";
        ArbitrationRequest = "arbitration-request", "申请仲裁期限", "request for arbitration";
        CourtAfterAward = "court-after-award", "不服仲裁起诉期限", "court after the award";
        ExcellentShare = "excellent-share", "优秀等次比例", "share graded excellent";
        ExcellentShareRaised = "excellent-share-raised", "优秀等次比例（提高）", "share graded excellent, raised";
        ExcellentRunForMerit = "excellent-run-for-merit", "连续优秀记三等功年数", "excellent years running for third-class merit";
        MassOpinionWeight = "mass-opinion-weight", "群众评价权重", "weight of the public's opinion in the grade";
        PetitionAccept = "petition-accept", "信访受理告知期限", "petition: acceptance";
        PetitionSettle = "petition-settle", "信访办结期限", "petition: settlement";
        PetitionExtension = "petition-extension", "信访办理延长", "petition: extension";
        PetitionReview = "petition-review", "信访复查期限", "petition: review";
        PetitionRereview = "petition-rereview", "信访复核期限", "petition: re-review";
        PetitionMisrouted = "petition-misrouted", "转送异议期限", "petition: objection to misrouting";
        TrainingDays = "training-days", "年度脱产培训天数", "training days a year";
        TrainingHours = "training-hours", "年度培训学时", "training hours a year";
        TrainingGrassrootsOffJob = "training-grassroots-off-job", "基层公务员脱产培训天数", "off-job training days a year at the grassroots";
        TrainingLeadersHours = "training-leaders-hours", "县处级以上五年培训学时", "training hours in five years, county leaders and above";
        TrainingOnlineHours = "training-online-hours", "年度网络自学学时", "online self-study hours a year";
        TrainingInitialDays = "training-initial-days", "初任培训天数", "initial training";
        TrainingPostCountyDays = "training-post-county-days", "任职培训天数（县处级）", "training for a post, county-division level";
        TrainingPostTownshipDays = "training-post-township-days", "任职培训天数（乡科级）", "training for a post, township-section level";
        TrainingHoursPerDay = "training-hours-per-day", "培训学时折算（每天）", "training hours that make a day";
        RotationYears = "rotation-years", "内部轮岗年限", "years before rotation inside the organ";
        PostStayYears = "post-stay-years", "同一岗位最长年限", "longest stay in one post";
        TermYears = "term-years", "乡镇党政正职任期", "term of a township head";
        TermMinYears = "term-min-years", "乡镇党政正职最短任期", "shortest stay of a township head";
        InspectionsCentral = "inspections-central", "中央部门综合性督查检查考核次数", "general inspections by a central department";
        InspectionsCut = "inspections-cut", "督查检查考核事项压减", "cut in inspection items";
        InspectionsTownship = "inspections-township", "对乡镇督查检查考核次数", "inspections and assessments of a township";
        DocumentsCut = "documents-cut", "文件会议压减", "cut in documents and meetings";
        DocumentPages = "document-pages", "政策性文件页数", "length of a policy document";
        DocumentChars = "document-chars", "地方和部门文件字数", "length of a local or department document";
        TaskDocumentChars = "task-document-chars", "专项任务文件字数", "length of a task document";
        MeetingsMonth = "meetings-month", "每月会议次数", "meetings a month";
        ChatGroups = "chat-groups", "工作群数量", "work chat groups";
        Apps = "apps", "政务应用程序数量", "government apps";
        PublicSurveysYear = "public-surveys-year", "每年群众评议次数", "public evaluations a year";
        UpwardRatingsYear = "upward-ratings-year", "每年下评上次数", "upward ratings a year";
        WorkHoursDay = "work-hours-day", "每日工作时间", "working hours a day";
        WorkHoursWeek = "work-hours-week", "每周工作时间", "working hours a week";
        OvertimeMonth = "overtime-month", "每月加班时间", "overtime a month";
        RestDaysMonth = "rest-days-month", "每月休息日", "rest days a month";
        WorkRunAroundHoliday = "work-run-around-holiday", "节假日前后连续工作日", "run of working days around a holiday";
        WomensDay = "womens-day", "妇女节放假", "half-day holiday, 8 March";
        YouthDay = "youth-day", "青年节放假", "half-day holiday, 4 May";
        LeaveCarryOver = "leave-carry-over", "年休假跨年安排", "annual leave carried over";
        UnusedLeavePay = "unused-leave-pay", "未休年休假报酬", "pay for annual leave not taken";
        PayDaysYear = "pay-days-year", "日工资计算天数", "days that make a year's pay";
        Maternity = "maternity", "产假", "maternity leave";
        MaternityBefore = "maternity-before", "产前休假", "of which before birth";
        MaternityDifficult = "maternity-difficult", "难产增加产假", "more for a difficult birth";
        MaternityExtraChild = "maternity-extra-child", "多胞胎增加产假", "more for each further child";
        MiscarriageEarly = "miscarriage-early", "流产假（未满4个月）", "miscarriage before four months";
        MiscarriageLate = "miscarriage-late", "流产假（满4个月）", "miscarriage from four months";
        NursingHour = "nursing-hour", "哺乳时间", "nursing time a day";
        MaternityExtended = "maternity-extended", "延长产假", "extended maternity leave";
        Paternity = "paternity", "陪产假", "paternity leave";
        Parental = "parental", "育儿假", "parental leave";
        HomeVisitSpouse = "home-visit-spouse", "探配偶假", "home visit to a spouse";
        HomeVisitParents = "home-visit-parents", "未婚探父母假", "home visit to parents, unmarried";
        HomeVisitParentsTwoYears = "home-visit-parents-two-years", "未婚探父母假（两年一次）", "home visit to parents, unmarried, every two years";
        HomeVisitParentsMarried = "home-visit-parents-married", "已婚探父母假（四年一次）", "home visit to parents, married, every four years";
        SecondmentMonths = "secondment-months", "借调期限", "length of a secondment";
        OpenSelectionAgeStaff = "open-selection-age-staff", "遴选年龄（科员级）", "age for open selection, staff ranks";
        OpenSelectionAgeDeputy = "open-selection-age-deputy", "遴选年龄（副处级）", "age for open selection, deputy-division posts";
        OpenSelectionAgeDivision = "open-selection-age-division", "遴选年龄（正处级）", "age for open selection, division posts";
        CountyTeamTownshipShare = "county-team-township-share", "县级班子有乡镇正职经历比例", "share of county leadership with township experience";
        PoolPlaces = "pool-places", "定向选拔职数", "places kept for the pools of township selection";
        LocalShare = "local-share", "面向本地户籍比例", "share of posts for local people";
        OpeningRatio = "opening-ratio", "开考比例", "opening ratio";
        BurdenPolicyItems = "burden-policy-items", "整治形式主义条款数", "provisions of the burden regulation";
        DutyLists = "duty-lists", "履职事项清单", "township duty lists";
        HousingTurnover = "housing-turnover", "周转房保障比例", "staff with a turnover room";
        OfficeRepair = "office-repair", "偏远乡镇办公用房改善", "remote township offices put in order";
        HeadsFromTownship = "heads-from-township", "县直部门负责人有乡镇经历比例", "county bureau heads with township experience";
        CountyTrainingPlaces = "county-training-places", "县级以上培训班基层名额", "training places for the grassroots";
        RotationPlaces = "rotation-places", "上挂轮训名额", "places for working a time above";
        ToldToTownship = "told-to-township", "下沉资源比例", "share of funds and projects passed down";
        FlexRetirementYears = "flex-retirement-years", "弹性退休年限", "flexible retirement";
        TownshipSubsidyAverage = "township-subsidy-average", "乡镇工作补贴平均标准", "average township work subsidy";
        TransportSubsidyCap = "transport-subsidy-cap", "公务交通补贴不超过中央标准的比例", "transport subsidy as a share of the central standard";
        EntryExtraSteps = "entry-extra-steps", "定级时高定工资档次", "extra steps at the first grading";
        BadRatingRevisit = "bad-rating-revisit", "差评回访比例", "named bad ratings that are followed up";
        NeedAnswer = "need-answer", "干部生活诉求答复时限", "answer to a need of daily life";
        DutiesPerPerson = "duties-per-person", "一人承担的岗位数", "posts carried by one person";
        SurveyMinutes = "survey-minutes", "单次评议用时", "time taken by one evaluation";
    }

    /// A unit.
    Unit {
        Day = "day", "天", "days";
        WorkingDay = "working-day", "个工作日", "working days";
        Month = "month", "个月", "months";
        Year = "year", "年", "years";
        Hour = "hour", "小时", "hours";
        ClassHour = "class-hour", "学时", "class hours";
        Percent = "percent", "%", "%";
        Times = "times", "次", "times";
        TimesYear = "times-year", "次/年", "times a year";
        Pages = "pages", "页", "pages";
        Chars = "chars", "字", "characters";
        Pieces = "pieces", "个", "items";
        Places = "places", "名", "places";
        HoursMonth = "hours-month", "小时/月", "hours a month";
        DaysMonth = "days-month", "天/月", "days a month";
        Age = "age", "周岁", "years of age";
        YuanMonth = "yuan-month", "元/月", "yuan a month";
        Steps = "steps", "档", "steps";
        Minutes = "minutes", "分钟", "minutes";
    }
}

rule_structs! {
    /// A figure: `at-least`, `at-most` or `exactly` (both for a range).
    Limit {
        /// What it is about.
        of: LimitOf,
        /// Not less than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<u32>,
        /// Not more than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<u32>,
        /// Just this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exactly: Option<u32>,
        /// The unit.
        unit: Unit,
    }
}

impl Limit {
    /// The figure, whichever bound it is (the lower one of a range).
    pub fn value(&self) -> u32 {
        self.exactly.or(self.at_least).or(self.at_most).unwrap_or(0)
    }
}
