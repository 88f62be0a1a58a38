//! The byname engine as a Python module, without any logic of its own: it returns the lines that `byname scan
//! --format jsonl` writes, from which the Python package makes objects.

mod engine;
mod errors;
mod located;

use pyo3::prelude::*;

/// The global allocator, the same as that of the command.
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
