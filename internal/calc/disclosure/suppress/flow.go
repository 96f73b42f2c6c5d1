package suppress

// amount is a whole number of people, or a fraction of one while the exact search weighs half-hidden figures.
type amount interface{ int | float64 }

// network carries flow over the figures, from the node of a row to that of a column and back. Nodes are the rows, then
// the columns.
type network[T amount] struct {
	g             *grid
	toCol, toRow  []T // what is left in each direction
	via, queue    []int
	reached       []bool
	least         T // flows below this are rounding
	augmentations int
}

func newNetwork[T amount](g *grid, least T) *network[T] {
	n, nodes := len(g.value), g.rows+g.cols
	return &network[T]{
		g: g, toCol: make([]T, n), toRow: make([]T, n), least: least,
		via: make([]int, nodes), queue: make([]int, 0, nodes), reached: make([]bool, nodes),
	}
}

// load sets the room of every figure.
func (w *network[T]) load(down, up []T) {
	for e := range up {
		if w.g.backward(e) {
			w.toCol[e], w.toRow[e] = down[e], up[e]
		} else {
			w.toCol[e], w.toRow[e] = up[e], down[e]
		}
	}
}

// ends are the nodes between which the others must carry flow for figure e to rise, or to fall.
func (g *grid) ends(e int, rise bool) (from, to int) {
	row, col := e/g.cols, g.rows+e%g.cols
	if rise == g.backward(e) {
		return row, col
	}
	return col, row
}

// around is the greatest flow, at most want, by which figure e can rise (or fall) while the others make up for it. It
// uses the room up, and leaves in reached the nodes on the near side of the narrowest cut if it fell short.
func (w *network[T]) around(e int, rise bool, want T) T {
	w.toCol[e], w.toRow[e] = 0, 0
	from, to := w.g.ends(e, rise)
	var sum T
	for sum+w.least < want {
		step := w.push(from, to, want-sum)
		if step <= w.least {
			break
		}
		sum += step
		w.augmentations++
	}
	return sum
}

// push sends flow along a shortest path.
func (w *network[T]) push(from, to int, most T) T {
	if !w.search(from, to) {
		return 0
	}
	return w.send(from, to, most)
}

// send sends what it can along the path in via.
func (w *network[T]) send(from, to int, most T) T {
	step := most
	for at := to; at != from; {
		e := w.via[at]
		if at >= w.g.rows {
			step, at = min(step, w.toCol[e]), e/w.g.cols
		} else {
			step, at = min(step, w.toRow[e]), w.g.rows+e%w.g.cols
		}
	}
	for at := to; at != from; {
		e := w.via[at]
		if at >= w.g.rows {
			w.toCol[e] -= step
			w.toRow[e] += step
			at = e / w.g.cols
		} else {
			w.toRow[e] -= step
			w.toCol[e] += step
			at = w.g.rows + e%w.g.cols
		}
	}
	return step
}

// search finds a shortest path with room, and otherwise everything that can be reached.
func (w *network[T]) search(from, to int) bool {
	clear(w.reached)
	w.reached[from] = true
	queue := append(w.queue[:0], from)
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at < w.g.rows {
			for j, e := 0, at*w.g.cols; j < w.g.cols; j, e = j+1, e+1 {
				if node := w.g.rows + j; !w.reached[node] && w.toCol[e] > w.least {
					w.reached[node], w.via[node] = true, e
					queue = append(queue, node)
				}
			}
		} else {
			for i, e := 0, at-w.g.rows; i < w.g.rows; i, e = i+1, e+w.g.cols {
				if !w.reached[i] && w.toRow[e] > w.least {
					w.reached[i], w.via[i] = true, e
					queue = append(queue, i)
				}
			}
		}
		if w.reached[to] {
			return true
		}
	}
	return false
}
