//! `/dang-ky`, `/dang-nhap`, `/dang-xuat`, `/tai-khoan`: the leaflet's seven steps, and everything that can go wrong on the way.

mod acting;
mod approval;
mod confirm;
mod correct_email;
mod desk_recovery;
mod national;
mod own;
mod register;
mod represent;
mod second_factors;
mod sign_in;
mod sign_out;
mod steps;
mod together;
