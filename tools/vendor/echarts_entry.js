// What the pages use of ECharts, and nothing else. Add a chart here, then run tools/vendor_assets.sh.
import * as core from "echarts/core";
import { BarChart, LineChart, LinesChart, MapChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GeoComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

core.use([
  BarChart, LineChart, LinesChart, MapChart, ScatterChart,
  AriaComponent, DatasetComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent,
  TooltipComponent, VisualMapComponent,
  LabelLayout, CanvasRenderer,
]);

export const { init, dispose, getInstanceByDom, registerMap, getMap, registerLocale, registerTheme, version } = core;
