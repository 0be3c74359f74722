namespace StyleLab.Jupyter.Tests.PublishedPages;

/// <summary>Ways in which HTML of a stranger runs a script or asks the network for something.</summary>
internal static class Vectors
{
    /// <param name="server">Something to ask.</param>
    public static string[] Html(string server) =>
    [
        "<script>HIT</script>",
        "<img src=x onerror='HIT'>",
        "<svg onload='HIT'></svg>",
        "<svg><script>HIT</script></svg>",
        "<svg><script href='SERVERa.js'></script></svg>",
        "<svg><animate onbegin='HIT' attributeName='x' dur='1s'></svg>",
        "<svg><a href='javascript:HIT'><text y='20'>click</text></a></svg>",
        "<svg><image href='SERVERb.png' width='9' height='9'></image><use href='SERVERc.svg#a'></use></svg>",
        "<svg><style>@import 'SERVERd.css';</style><foreignObject><img src=x onerror='HIT'></foreignObject></svg>",
        "<a href='javascript:HIT'>click</a>",
        "<a href=' jav&#x09;ascript:HIT'>click</a>",
        "<a href='data:text/html,<script>HIT</script>'>click</a>",
        "<iframe src='SERVERe.html'></iframe>",
        "<iframe srcdoc='<script>HIT</script>'></iframe>",
        "<iframe src='javascript:HIT'></iframe>",
        "<iframe src='data:text/html,<script>HIT</script><img src=SERVERf.png>'></iframe>",
        "<meta http-equiv='refresh' content='0;url=SERVERg.html'>",
        "<base href='SERVER'><img src='h.png'>",
        "<object data='data:text/html,<script>HIT</script>'></object>",
        "<object data='SERVERi.html'></object><embed src='SERVERj.html'>",
        "<link rel='stylesheet' href='SERVERk.css'><link rel='prefetch' href='SERVERl.html'><link rel='icon' href='SERVERm.ico'>",
        "<style>@import url(SERVERn.css); body { background: url('SERVERo.png') }</style>",
        "<style>@\\69mport 'SERVERp.css'; div { background: u\\72l(SERVERq.png); background: image-set('SERVERr.png' 1x) }</style>",
        "<style>i::before { content: '/*' } main { background: url(SERVERs.png) }</style>",
        "<div style='background: url(SERVERt.png)'>x</div><div style='list-style: url(\"SERVERu.png\"); display: list-item'>x</div>",
        "<form id='f' action='SERVERv' method='post'><input name='a' value='b'><button formaction='SERVERw'>click</button></form><script>document.getElementById('f').submit()</script>",
        "<input autofocus onfocus='HIT'><details open ontoggle='HIT'>x</details><body onload='HIT' onpageshow='HIT'>",
        "<video src='SERVERx.mp4' poster='SERVERy.png' onerror='HIT'></video><audio src=x onerror='HIT'></audio><video><source src='SERVERz.mp4' onerror='HIT'></video>",
        "<img srcset='SERVERaa.png 1x' src='SERVERab.png'><picture><source srcset='SERVERac.png'><img src='data:,'></picture><input type='image' src='SERVERad.png'>",
        "<math href='javascript:HIT'><mtext>click</mtext></math><math><mtext><table><mglyph><style><img src=x onerror='HIT'></style></mglyph></table></mtext></math>",
        "<math><annotation-xml encoding='text/html'><img src=x onerror='HIT'></annotation-xml></math>",
        "<template><img src=x onerror='HIT'></template><template shadowrootmode='open'><script>HIT</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=\"HIT\">'></noscript>",
        "<svg></p><style><a id='</style><img src=x onerror=\"HIT\">'></svg>",
        "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror='HIT'></style></mglyph></form></mtext></math>",
        "<title><a id='</title><img src=x onerror=\"HIT\">'></title><textarea><a id='</textarea><img src=x onerror=\"HIT\">'></textarea>",
        "<xmp><p title='</xmp><img src=x onerror=\"HIT\">'></xmp><noembed><p title='</noembed><img src=x onerror=\"HIT\">'></noembed>",
        "<!--><img src=x onerror='HIT'>--><!-- --!><img src=x onerror='HIT'><![CDATA[><img src=x onerror='HIT'>]]>",
        "<select><style></select><img src=x onerror='HIT'></style></select><img alt='`' src=x onerror='HIT'>",
        "<table background='SERVERae.png'><tr><td background='SERVERaf.png'>x</td></tr></table>",
        "<img name='getElementById' src='data:,'><a id='code-toggle'></a><form name='querySelectorAll'></form>",
        "<figure><input type='range' oninput='HIT' onpointerenter='HIT'><marquee onstart='HIT'>x</marquee></figure>",
        "</div></div></section></main><script>HIT</script><img src=x onerror='HIT'>",
    ];

    /// <summary>Vectors for a page, each noting its number where it runs.</summary>
    public static IEnumerable<string> Numbered(string server) =>
        Html(server).Select((html, number) => html.Replace("HIT", $"(top.hits=top.hits||[]).push({number})").Replace("SERVER", server));
}
