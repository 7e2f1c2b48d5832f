package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// KeepInstall keeps what lets the bot into a workspace, in place of what was
// kept. It must be encrypted.
func (s *Store) KeepInstall(ctx context.Context, platform, workspace string, sealed []byte) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO installs (platform, workspace, sealed, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, workspace) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
		platform, workspace, sealed, millis(s.now()))
	if err != nil {
		return fmt.Errorf("keep the install of %s workspace %s: %w", platform, workspace, err)
	}
	return nil
}

// Install returns what is kept for a workspace, nil if nothing is.
func (s *Store) Install(ctx context.Context, platform, workspace string) (sealed []byte, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT sealed FROM installs WHERE platform = $1 AND workspace = $2`, platform, workspace).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up the install of %s workspace %s: %w", platform, workspace, err)
	}
	return sealed, nil
}

// DropInstall forgets what lets the bot into a workspace.
func (s *Store) DropInstall(ctx context.Context, platform, workspace string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM installs WHERE platform = $1 AND workspace = $2`, platform, workspace); err != nil {
		return fmt.Errorf("forget the install of %s workspace %s: %w", platform, workspace, err)
	}
	return nil
}
