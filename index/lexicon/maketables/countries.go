package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/index/lexicon"
)

// forms are the letters of the columns of countries.tsv in the table.
const forms = "ndck" // names, demonyms, capitals, codes

// makeCountries writes the table of all forms of the countries' names. An item
// of it is a letter that tells the form, the marks of the list, with "!" for a
// code that must be in capitals, and the country's id.
func makeCountries(lists, out string) error {
	items := map[string]string{}
	err := readList(filepath.Join(lists, "countries.tsv"), func(f []string) error {
		if len(f) != 1+len(forms) {
			return fmt.Errorf("%d columns instead of %d", len(f), 1+len(forms))
		}
		for i, column := range f[1:] {
			for name := range strings.SplitSeq(column, "|") {
				if name == "" {
					continue
				}
				key := lexicon.CountryKey(strings.TrimRight(name, "^~*"))
				item := forms[i:i+1] + marks(forms[i], name) + f[0]
				if !slices.Contains(strings.Fields(items[key]), item) {
					items[key] = strings.TrimSpace(items[key] + " " + item)
				}
			}
		}
		return nil
	})
	return errors.Join(err, writeTable(out, "countries.txt", items))
}

// marks returns the marks that name ends with.
func marks(form byte, name string) string {
	if form == 'k' {
		if strings.HasSuffix(name, "*") {
			return ""
		}
		return "!"
	}
	return strings.TrimPrefix(name, strings.TrimRight(name, "^~"))
}
