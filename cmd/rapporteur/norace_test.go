//go:build !race

package main

const raced = false // whether the race detector runs
