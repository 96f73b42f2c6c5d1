package sample

import "context"

func (b *builder) live(ctx context.Context) error { return nil }

func (b *builder) absence(ctx context.Context) error { return nil }
