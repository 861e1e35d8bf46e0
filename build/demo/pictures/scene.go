package pictures

import (
	"image"
	"slices"
)

// Scene is a picture that can be asked for by name.
type Scene string

// The scenes.
const (
	Harbour    Scene = "harbour"
	Hills      Scene = "hills"
	Stars      Scene = "stars"
	Street     Scene = "street"
	Lighthouse Scene = "lighthouse"
	Geese      Scene = "geese"
	Shelf      Scene = "shelf"
	Train      Scene = "train"
	Bread      Scene = "bread"
	Balcony    Scene = "balcony"
	Wheel      Scene = "wheel"
	Rain       Scene = "rain"
	Chart      Scene = "chart"
	Typecase   Scene = "typecase"
	Specimen   Scene = "specimen"
	Graph      Scene = "graph"
	Houses     Scene = "houses"
	Leaves     Scene = "leaves"
)

// Scenes are all of them, in a fixed order.
func Scenes() []Scene {
	return []Scene{
		Harbour, Hills, Stars, Street, Lighthouse, Geese, Shelf, Train, Bread, Balcony, Wheel, Rain, Chart, Typecase,
		Specimen, Graph, Houses, Leaves,
	}
}

// Known reports whether there is such a scene.
func (s Scene) Known() bool { return slices.Contains(Scenes(), s) }

// Draw returns the scene in the given light, width by height pixels. The seed moves houses, books and stars about.
// An unknown scene is drawn as Leaves, an unknown palette as Dusk.
func Draw(s Scene, light Palette, seed uint64, width, height int) *image.RGBA {
	c := newCanvas(width, height, seed)
	s.painter()(c, light.colours())
	return c.img
}

func (s Scene) painter() func(*canvas, palette) {
	switch s {
	case Harbour:
		return harbour
	case Hills:
		return hills
	case Stars:
		return stars
	case Street:
		return street
	case Lighthouse:
		return lighthouse
	case Geese:
		return geese
	case Shelf:
		return shelf
	case Train:
		return train
	case Bread:
		return bread
	case Balcony:
		return balcony
	case Wheel:
		return wheel
	case Rain:
		return rain
	case Chart:
		return chart
	case Typecase:
		return typecase
	case Specimen:
		return specimen
	case Graph:
		return graph
	case Houses:
		return houses
	default:
		return leaves
	}
}
