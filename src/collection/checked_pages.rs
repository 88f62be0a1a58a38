//! Parquet files whose pages are checked: a dictionary tells how many values it has, and the library makes room for as
//! many before it reads the first.

use std::fs::File;

use parquet::basic::Type;
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::record::reader::RowIter;

/// A file that refuses pages which claim more values than their bytes can hold.
pub(super) struct CheckedFile(pub SerializedFileReader<File>);

impl FileReader for CheckedFile {
    fn metadata(&self) -> &ParquetMetaData {
        self.0.metadata()
    }

    fn num_row_groups(&self) -> usize {
        self.0.num_row_groups()
    }

    fn get_row_group(&self, index: usize) -> Result<Box<dyn RowGroupReader + '_>> {
        Ok(Box::new(CheckedGroup(self.0.get_row_group(index)?)))
    }

    fn get_row_iter(&self, projection: Option<parquet::schema::types::Type>) -> Result<RowIter<'_>> {
        RowIter::from_file(projection, self)
    }
}

struct CheckedGroup<'a>(Box<dyn RowGroupReader + 'a>);

impl RowGroupReader for CheckedGroup<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.0.metadata()
    }

    fn num_columns(&self) -> usize {
        self.0.num_columns()
    }

    fn get_column_page_reader(&self, index: usize) -> Result<Box<dyn PageReader>> {
        let column = self.metadata().schema_descr().column(index);
        let least = least_length(column.physical_type(), column.type_length());
        Ok(Box::new(CheckedPages { pages: self.0.get_column_page_reader(index)?, least }))
    }

    fn get_column_bloom_filter(&self, index: usize) -> Option<&Sbbf> {
        self.0.get_column_bloom_filter(index)
    }

    fn get_row_iter(&self, projection: Option<parquet::schema::types::Type>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

struct CheckedPages {
    pages: Box<dyn PageReader>,
    /// The least number of bytes of a value of the column.
    least: usize,
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        checked(self.pages.get_next_page()?, self.least)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn supports_deferred_dictionary(&self) -> bool {
        self.pages.supports_deferred_dictionary()
    }

    fn take_deferred_dictionary(&mut self) -> Result<Option<Page>> {
        checked(self.pages.take_deferred_dictionary()?, self.least)
    }
}

/// Returns the least number of bytes that a plain value of a type takes; `length` is that of values of fixed length.
fn least_length(of: Type, length: i32) -> usize {
    match of {
        Type::BOOLEAN => 1,
        Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4, // bytes begin with their number
        Type::INT64 | Type::DOUBLE => 8,
        Type::INT96 => 12,
        Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(length).unwrap_or_default().max(1),
    }
}

/// Returns a page, or an error if it is a dictionary of more values than its bytes can be.
fn checked(page: Option<Page>, least: usize) -> Result<Option<Page>> {
    match &page {
        Some(Page::DictionaryPage { buf, num_values, .. }) if *num_values as usize > buf.len() / least => {
            let told = format!("a dictionary of {} bytes can't hold {num_values} values", buf.len());
            Err(ParquetError::General(told))
        }
        _ => Ok(page),
    }
}

#[cfg(test)]
mod tests {
    use parquet::basic::Encoding;

    use super::*;

    #[test]
    fn a_dictionary_of_more_values_than_bytes_is_refused() {
        let dictionary = |bytes: &'static [u8], num_values: u32| Page::DictionaryPage {
            buf: bytes.into(),
            num_values,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        let is_read =
            |page: Page, of: Type, length: i32| checked(Some(page), least_length(of, length)).is_ok();
        let text = b"\x03\0\0\0two\x00\0\0\0";
        assert!(is_read(dictionary(text, 2), Type::BYTE_ARRAY, 0));
        assert!(!is_read(dictionary(text, 3), Type::BYTE_ARRAY, 0));
        assert!(!is_read(dictionary(text, u32::MAX), Type::FIXED_LEN_BYTE_ARRAY, -1));
        assert!(is_read(dictionary(text, 11), Type::FIXED_LEN_BYTE_ARRAY, 1));
        assert!(is_read(dictionary(b"", 0), Type::INT64, 0));
    }
}
