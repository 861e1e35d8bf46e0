package serve

import (
	"errors"
	"strings"
	"testing"
)

func TestErrorsAreOneLineWithoutSecrets(t *testing.T) {
	t.Setenv("AWS_SECRET_ACCESS_KEY", "abcdefgh12345678")
	t.Setenv("AZURE_STORAGE_SAS_TOKEN", "sv=2026&sig=0123456789")
	t.Setenv("AWS_REGION", "eu-central-1")
	text := clean(errors.New("PUT \"https://store.example/a?X-Amz-Signature=77777\"\n\n  failed in eu-central-1: abcdefgh12345678,\tsv=2026&sig=0123456789 " + strings.Repeat("ä", 1000)))
	if !strings.HasPrefix(text, `PUT "https://store.example/a" failed in eu-central-1: …, … ää`) || len([]rune(text)) != 601 {
		t.Errorf("%q", text)
	}
}
