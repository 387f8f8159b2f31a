//! Functions of real numbers whose last bit must be the same on any machine.
//!
//! The standard library leaves exp, ln and powers to the system's, which differ in the last bit from machine to machine, and
//! a last bit may turn one draw in 2^32. These are one text for all (musl's, translated: crate `libm`).

/// e to the power of `x`.
pub(crate) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm.
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `x` to the power of `y`.
pub(crate) fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}
