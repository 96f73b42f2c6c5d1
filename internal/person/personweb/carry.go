package personweb

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

// maxFeed bounds what a carried file unpacks to: 500,000 rows, the most that staffcsv takes, are under 200 MB, but
// the largest NHS employer's feed is about 10 MB.
const maxFeed = 64 << 20

// pack makes a file small enough for a hidden field: a feed shrinks to about an eighth.
func pack(content []byte) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(content); err != nil {
		return "", fmt.Errorf("pack staff feed: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", fmt.Errorf("pack staff feed: %w", err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// unpack reads it back. A field that is not ours is a bad request.
func unpack(carried string) ([]byte, error) {
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(carried)))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "fault.not_found", fmt.Errorf("unpack staff feed: %w", err))
	}
	content, err := io.ReadAll(io.LimitReader(z, maxFeed))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "fault.not_found", fmt.Errorf("unpack staff feed: %w", err))
	}
	return content, nil
}
