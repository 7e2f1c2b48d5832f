//go:build !race

package pdf_test

const raced = false // whether the race detector runs
