package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// readList gives the fields of each line of a list to read; lines that begin
// with "#" are remarks.
func readList(name string, read func(fields []string) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "#") {
			if err := read(strings.Split(line, "\t")); err != nil {
				return fmt.Errorf("%s:%d: %w", name, n, err)
			}
		}
	}
	return lines.Err()
}

// makeSpellings writes spelling.tsv out in both directions.
func makeSpellings(lists, out string) error {
	american, british := map[string]string{}, map[string]string{}
	err := readList(filepath.Join(lists, "spelling.tsv"), func(f []string) error {
		if len(f) != 2 {
			return fmt.Errorf("%d fields, not a pair", len(f))
		}
		for _, vowel := range vowels(f[0]) {
			b, a := strings.Replace(f[0], "~", vowel, 1), strings.Replace(f[1], "~", vowel, 1)
			american[b] = a
			if _, taken := british[a]; !taken {
				british[a] = b
			}
		}
		return nil
	})
	return errors.Join(err, writeTable(out, "american.txt", american), writeTable(out, "british.txt", british))
}

// vowels returns what "~" stands for in word.
func vowels(word string) []string {
	if strings.Contains(word, "~") {
		return []string{"e", "i"}
	}
	return []string{""}
}
