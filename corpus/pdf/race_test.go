//go:build race

package pdf_test

const raced = true
