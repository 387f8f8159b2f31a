//! Kinds of training.

use crate::code::codes;

codes! {
    /// A kind of training, Civil Servant Law art. 67 and the training rules.
    TrainingKind {
        Initial = "initial", "初任培训", "initial training";
        Post = "post", "任职培训", "training for a new post";
        Professional = "professional", "专门业务培训", "professional training";
        InService = "in-service", "在职培训", "in-service training";
        Online = "online", "网络自学", "online self-study";
    }
}
