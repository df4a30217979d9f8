# La evaluación impresa
print-check = Código de control { $code }
print-page = Página { $page } de { $pages }
print-item = Apartado
print-part = { $title } (peso { $weight })
print-bonus = Puntos extra
print-total = Total
print-next = ({ $grade } o más)
print-rule = Norma
print-figures = Cifras
print-arithmetic = Cálculo
print-figure = { $label } { $value } ({ $ground })
print-semicolon = ;{ " " }
print-stop = .{ " " }
print-number = N.º
print-more = { $n ->
    [one] Hay 1 más en la página de puntos del sistema.
   *[other] Hay { $n } más en la página de puntos del sistema.
}
print-objection = Se puede reclamar por escrito o en este sistema mientras el resultado esté expuesto al público.
print-objection-days = Se puede reclamar por escrito o en este sistema en { $days } días.
print-sign-person = Firma de la persona
print-sign-lead = Firma del responsable
print-seal = Sello
print-date = Fecha
print-regulation = Normas
print-ledger = Registro
print-hashes = El mismo código de control significa las mismas normas, el mismo registro y los mismos puntos.
problem-E570 = No existe esa evaluación.
    .remedy = Vuelva a la evaluación y ábrala desde la lista.
problem-E571 = La impresión está desactivada en este servidor.
    .remedy = Para quien administra: si al arrancar el servidor dice que falta algo, instálelo; si no, ponga GRIDBOOK_PDF en auto. Después reinicie.
problem-E572 = Falta la biblioteca Pango, que hace falta para imprimir.
    .remedy = Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango; Windows: instale pango con MSYS2. Después reinicie; lo demás funciona sin ella.
problem-E573 = No hay ningún tipo de letra con caracteres chinos; faltarían al imprimir.
    .remedy = Debian: apt install fontconfig fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts. Después reinicie; lo demás funciona sin él.
print-as-of = A { $day }
print-from-to = Del { $first } al { $last }
print-made = Hecho el { $day }
print-count = { $n ->
        [one] { $n } fila
       *[other] { $n } filas
    }
print-column-at = Cuándo
print-column-by = Hecho por
print-column-subject = Sobre
print-column-place = Lugar
