//! The byname engine as a module of Python, without any logic of its own: what it gives are the lines that
//! `byname scan --format jsonl` writes, and the Python around it makes objects of them.

mod engine;
mod errors;
mod located;

use pyo3::prelude::*;

/// The same allocator as the command has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
fn _byname(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("BUILD", byname::BUILD)?;
    module.add("BynameError", module.py().get_type::<errors::BynameError>())?;
    module.add("CatalogueError", module.py().get_type::<errors::CatalogueError>())?;
    module.add("ReadError", module.py().get_type::<errors::ReadError>())?;
    module.add_class::<engine::NativeEngine>()
}
