package montecarlo

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

const (
	// longestExpression bounds the parser, which recurses once for each bracket.
	longestExpression = 5_000
	// mostOperations bounds the columns and the time.
	mostOperations = 500
)

// allowed is the end of each refusal.
const allowed = "only numbers, names of inputs, + - * / ^, brackets, min, max and abs can be used"

// compile turns an expression into a program on the columns of the inputs, which
// are in the order of names.
func compile(expression string, names []string) (*program, error) {
	switch {
	case strings.TrimSpace(expression) == "":
		return nil, errors.New("expression is missing")
	case len(expression) > longestExpression:
		return nil, fmt.Errorf("expression has %d characters: at most %d", len(expression), longestExpression)
	}
	tree, err := parser.Parse(expression)
	if err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n") // the rest draws an arrow under the place
		return nil, fmt.Errorf("expression cannot be read: %s", line)
	}
	c := compiler{program: &program{inputs: len(names)}, columns: map[string]int{}, constants: map[float64]int{}}
	for i, name := range names {
		c.columns[name] = i
	}
	if c.program.result, err = c.node(tree.Node, 0); err != nil {
		return nil, err
	}
	if len(c.program.code) > mostOperations {
		return nil, fmt.Errorf("expression has %d operations: at most %d", len(c.program.code), mostOperations)
	}
	return c.program, nil
}

type compiler struct {
	program   *program
	columns   map[string]int // of the inputs
	constants map[float64]int
}

// node compiles one node of the tree and gives the operand that holds its value.
// Results of a depth share one column: whatever was at that depth has been used.
func (c *compiler) node(n ast.Node, depth int) (operand, error) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return c.constant(float64(n.Value)), nil
	case *ast.FloatNode:
		return c.constant(n.Value), nil
	case *ast.IdentifierNode:
		i, ok := c.columns[n.Value]
		if !ok {
			return operand{}, fmt.Errorf("expression uses %s, which is not among the inputs %s", n.Value, strings.Join(slices.Sorted(maps.Keys(c.columns)), ", "))
		}
		return operand{input, i}, nil
	case *ast.UnaryNode:
		return c.unary(n, depth)
	case *ast.BinaryNode:
		return c.binary(n, depth)
	case *ast.BuiltinNode:
		return c.function(n, depth)
	case nil:
		return operand{}, errors.New("expression is missing")
	}
	return operand{}, fmt.Errorf("expression has %s: %s", clip(n), allowed)
}

func (c *compiler) unary(n *ast.UnaryNode, depth int) (operand, error) {
	if n.Operator != "-" && n.Operator != "+" {
		return operand{}, fmt.Errorf("expression has the operator %s: %s", n.Operator, allowed)
	}
	a, err := c.node(n.Node, depth)
	if err != nil || n.Operator == "+" {
		return a, err
	}
	if a.where == constant {
		return c.constant(-c.program.constants[a.index]), nil // a number written with its sign
	}
	return c.emit(subtract, c.constant(0), a, depth), nil
}

func (c *compiler) binary(n *ast.BinaryNode, depth int) (operand, error) {
	do, ok := operators[n.Operator]
	if !ok {
		return operand{}, fmt.Errorf("expression has the operator %s: %s", n.Operator, allowed)
	}
	a, err := c.node(n.Left, depth)
	if err != nil {
		return a, err
	}
	b, err := c.node(n.Right, depth+1)
	if err != nil {
		return b, err
	}
	return c.apply(n, do, a, b, depth)
}

// function compiles min and max of any number of values, two at a time, and abs of one.
func (c *compiler) function(n *ast.BuiltinNode, depth int) (operand, error) {
	do, ok := functions[n.Name]
	switch {
	case !ok:
		return operand{}, fmt.Errorf("expression has %s: %s", clip(n), allowed)
	case len(n.Arguments) == 0, do == absolute && len(n.Arguments) != 1:
		return operand{}, fmt.Errorf("expression has %s: abs takes one value, min and max take one or more", clip(n))
	}
	a, err := c.node(n.Arguments[0], depth)
	if do == absolute && err == nil {
		return c.apply(n, do, a, a, depth)
	}
	for _, argument := range n.Arguments[1:] {
		if err != nil {
			break
		}
		var b operand
		if b, err = c.node(argument, depth+1); err == nil {
			a, err = c.apply(n, do, a, b, depth)
		}
	}
	return a, err
}

// apply works on two operands: at once where both are constants.
func (c *compiler) apply(n ast.Node, do operator, a, b operand, depth int) (operand, error) {
	if a.where == constant && b.where == constant {
		x := do.scalar(c.program.constants[a.index], c.program.constants[b.index])
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return operand{}, fmt.Errorf("expression has a part without a value: %s", clip(n))
		}
		return c.constant(x), nil
	}
	if do == power && b.where == constant && c.program.constants[b.index] == 2 {
		return c.emit(multiply, a, a, depth), nil // math.Pow takes 20 times as long
	}
	return c.emit(do, a, b, depth), nil
}

func (c *compiler) constant(x float64) operand {
	i, ok := c.constants[x]
	if !ok {
		i = len(c.program.constants)
		c.program.constants = append(c.program.constants, x)
		c.constants[x] = i
	}
	return operand{constant, i}
}

func (c *compiler) emit(do operator, a, b operand, depth int) operand {
	to := operand{temporary, depth}
	c.program.code = append(c.program.code, instruction{do, a, b, to})
	c.program.temporaries = max(c.program.temporaries, depth+1)
	return to
}

// clip is a node as text, short enough for one line.
func clip(n ast.Node) string {
	const longest = 40
	text := strings.Join(strings.Fields(n.String()), " ")
	if len(text) > longest {
		return strings.ToValidUTF8(text[:longest], "") + "..."
	}
	return text
}

// isName says whether the expression language reads a word as a name: not "and",
// "not", "true" and the like.
func isName(word string) bool {
	if len(word) > 100 {
		return false
	}
	tree, err := parser.Parse(word)
	if err != nil {
		return false
	}
	id, ok := tree.Node.(*ast.IdentifierNode)
	return ok && id.Value == word
}
